"""The lines at the end of a run: score, what is wrong first, and where the page lies."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_deeprnn.feedback.text import plain, points
from pytest_deeprnn.report import Diagnosis, Report
from pytest_deeprnn.writer import names

_MANY = 5  # submissions above which each gets one line only


def write_summary(terminal: pytest.TerminalReporter, reports: list[Report], folder: Path) -> None:
    """Write what the learner, or the instructor of a class, looks for first."""
    if not reports:
        return
    terminal.write_sep("=", "deeprnn")
    for report in reports:
        terminal.write_line(plain(_score(report)))
        if report.diagnoses and len(reports) <= _MANY:
            for line in _cause(report.diagnoses[0]):
                terminal.write_line(plain(line))
    (first, *others) = names(reports)
    place = folder if others else folder / f"{first}.html"
    terminal.write_line(f"feedback: {place}")


def _score(report: Report) -> str:
    first = f", {report.diagnoses[0].code}" if report.diagnoses else ""
    return (
        f"{report.submission.id} as {report.exercise}: {report.verdict}, "
        f"{points(report.score)} of {points(report.max_score)} points{first}"
    )


def _cause(diagnosis: Diagnosis) -> list[str]:
    lines = [f"  {line}" for line in diagnosis.message.split("\n")]
    if diagnosis.line is not None:
        where = f"line {diagnosis.line}"
        where = where if diagnosis.cell is None else f"cell {diagnosis.cell}, {where}"
        lines.append(f"  {where}: {(diagnosis.source or '').strip()}")
    lines.append(f"  next: {diagnosis.hint}")
    return lines
