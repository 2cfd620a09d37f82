"""The student's own lines of a traceback, each with its text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pytest_deeprnn.core.report import CheckResult, FrameTold, Report
from pytest_deeprnn.reporting.html_page.excerpt import line_of, source_key
from pytest_deeprnn.reporting.html_page.highlight import Pieces


@dataclass(frozen=True)
class Step:
    """A line that was being run; without pieces where its text is not known."""

    frame: FrameTold
    pieces: Pieces


@dataclass(frozen=True)
class Trail:
    """The way to where the code raised, the innermost line last, and the checks that met it."""

    checks: tuple[CheckResult, ...]
    steps: tuple[Step, ...]


def trails(report: Report, sources: Mapping[str, str]) -> tuple[Trail, ...]:
    """Every different traceback, once."""
    found: dict[tuple[FrameTold, ...], list[CheckResult]] = {}
    for check in report.checks:
        if check.frames:
            found.setdefault(check.frames, []).append(check)
    return tuple(
        Trail(tuple(checks), tuple(_step(frame, sources) for frame in frames))
        for frames, checks in found.items()
    )


def _step(frame: FrameTold, sources: Mapping[str, str]) -> Step:
    return Step(frame, line_of(sources.get(source_key(frame.file, frame.cell)), frame.line))
