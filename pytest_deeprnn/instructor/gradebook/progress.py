"""How far a run is: a bar in a terminal, a line now and then in a log."""

from __future__ import annotations

import sys
import time
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bar
from rich.text import Text

from pytest_deeprnn.core.sanitize import line
from pytest_deeprnn.instructor.gradebook.entry import Row

_LOG_SECONDS = 10.0


class _Rate(ProgressColumn):
    """Submissions a minute."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{60 * speed:.0f}/min")


class TerminalProgress:
    """A bar on standard error, with rate, time left, and how many could not be graded."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._failures = 0
        self._bar = Bar(
            SpinnerColumn(),
            BarColumn(),
            MofNCompleteColumn(),
            _Rate(),
            TimeRemainingColumn(),
            TextColumn("{task.description}"),
            console=self._console,
            transient=True,
        )
        self._task = self._bar.add_task("", total=None)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def begin(self, total: int, known: int) -> None:
        """So many submissions, so many of which have a grade already."""
        self._bar.update(self._task, total=total - known)

    def advance(self, row: Row) -> None:
        """One more has been graded."""
        self._failures += row.verdict == "error"
        told = f"{self._failures} could not be graded" if self._failures else ""
        self._bar.update(self._task, advance=1, description=told)


class LogProgress:
    """Plain lines on standard error, the first after a while: a few submissions need none."""

    def __init__(self) -> None:
        self._total = self._done = self._failures = 0
        self._begun = self._told = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is open."""

    def begin(self, total: int, known: int) -> None:
        """So many submissions, so many of which have a grade already."""
        self._total = total - known
        self._begun = self._told = time.monotonic()

    def advance(self, row: Row) -> None:
        """One more has been graded."""
        self._done += 1
        self._failures += row.verdict == "error"
        now = time.monotonic()
        if now - self._told >= _LOG_SECONDS:
            self._told = now
            print(line(self._line(now - self._begun)), file=sys.stderr, flush=True)

    def _line(self, seconds: float) -> str:
        left = seconds / self._done * (self._total - self._done)
        return (
            f"{self._done} of {self._total} graded, {60 * self._done / seconds:.0f} a minute, "
            f"{left / 60:.0f} min left, {self._failures} could not be graded"
        )


def progress() -> TerminalProgress | LogProgress:
    """The one that fits where standard error goes."""
    return TerminalProgress() if sys.stderr.isatty() else LogProgress()
