"""The lines at the end of a run: each submission in the order of its page, and where that lies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.text import Text

from pytest_deeprnn.core.catalogue import N_, Words
from pytest_deeprnn.core.report import Feedback, Report, RunSettings
from pytest_deeprnn.core.sanitize import line
from pytest_deeprnn.core.settings import Language
from pytest_deeprnn.reporting.files import names
from pytest_deeprnn.reporting.terminal import brief
from pytest_deeprnn.reporting.terminal.screen import Row, Screen

_MANY = 5  # submissions above which each gets its score only
_TOLD: dict[Feedback, str] = {
    "verdict": N_("this exercise tells only the verdict: which checks passed, and the points"),
    "hint": N_("this exercise gives only hints: where to look, not what was measured there"),
}


def write_summary(
    terminal: pytest.TerminalReporter,
    reports: list[Report],
    folder: Path,
    lang: Language = "en",
    screen: Screen | None = None,
) -> None:
    """Write what the learner, or the instructor of a class, looks for first."""
    if not reports:
        return
    screen = screen or Screen()
    terminal.write_sep("=", "deeprnn")
    # by pytest's own reporter, which knows what to do where the terminal has no Unicode
    for row in rows(reports, folder, Words(lang)):
        for told in screen.lines(row):
            terminal.write_line(told)


def rows(reports: list[Report], folder: Path, words: Words) -> Iterator[Row]:
    """All that is to be said of them."""
    for report in reports:
        yield brief.score(report, words)
        if len(reports) <= _MANY:
            yield from brief.rows(report, words)
    rules = (words(_TOLD[one.feedback]) for one in reports if one.feedback in _TOLD)
    held = (told for one in reports if (told := _held(one.settings, words)))
    for told in dict.fromkeys((*held, *rules)):
        yield Row(Text(line(told)))
    yield _place(reports, folder, words)


def _held(settings: RunSettings, words: Words) -> str:
    """What the submission's code was kept from; "" where none of it was run."""
    if not settings.protections:
        return ""
    missing: dict[str, list[str]] = {}
    for one in settings.protections:
        if one.hindrance:
            missing.setdefault(one.hindrance, []).append(one.name)
    lacks = "; ".join(f"{', '.join(names)} ({reason})" for reason, names in missing.items())
    told = words("isolation: {kind}", kind=settings.isolation)
    return told + words(", which does not hold here: {lacks}", lacks=lacks) * bool(lacks)


def _place(reports: list[Report], folder: Path, words: Words) -> Row:
    """Where the page is, or the pages; a path that is broken can be neither copied nor clicked."""
    (first, *others) = names(reports)
    path = line(str(folder if others else folder / f"{first}.html"))
    text = Text.assemble((words("feedback: "), "bold"), (path, "cyan"))
    return Row(text, whole=True)
