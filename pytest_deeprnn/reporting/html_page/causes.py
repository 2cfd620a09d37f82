"""The root causes of a report as the page shows them, each with what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pytest_deeprnn.core.report import Diagnosis, Report
from pytest_deeprnn.reporting.html_page.excerpt import Quote, quote


@dataclass(frozen=True)
class Cause:
    """A root cause, the student's lines where they are known, and its consequences."""

    found: Diagnosis
    quote: Quote | None
    consequences: tuple[Diagnosis, ...]


def causes(report: Report, main: str, sources: Mapping[str, str]) -> tuple[Cause, ...]:
    """Gather the consequences under their causes, both in the report's order."""
    return tuple(
        Cause(found, quote(found, main, sources), _following(report, number))
        for number, found in enumerate(report.diagnoses, start=1)
        if found.follows_from is None
    )


def _following(report: Report, number: int) -> tuple[Diagnosis, ...]:
    return tuple(one for one in report.diagnoses if one.follows_from == number)
