"""Writes a report's files into the report folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from pytest_deeprnn.core.exercise import packaged
from pytest_deeprnn.core.report import Report, to_json
from pytest_deeprnn.core.settings import Language
from pytest_deeprnn.reporting.html_page.excerpt import source_key
from pytest_deeprnn.reporting.html_page.page import render
from pytest_deeprnn.submission.discover import Submission
from pytest_deeprnn.submission.ids import fresh
from pytest_deeprnn.submission.piece_names import spot
from pytest_deeprnn.submission.texts import texts


def remove_old(folder: Path, ids: list[str]) -> None:
    """Take earlier reports away: a run that dies must not leave an old pass behind."""
    for one in ids:
        for name in (one, *(f"{one}.{exercise}" for exercise in packaged())):
            for suffix in (".json", ".html"):
                (folder / f"{name}{suffix}").unlink(missing_ok=True)


def names(reports: Iterable[Report]) -> dict[str, Report]:
    """The reports by their files' names: ID, or ID.EXERCISE where there are several answers."""
    listed = list(reports)
    answers = Counter(report.submission.id for report in listed)
    taken: set[str] = set()
    for one in answers:
        fresh(one, taken)  # so that a.deep-gru.py, which a learner chose, keeps off a's answers
    return {
        report.submission.id
        if answers[report.submission.id] == 1
        else fresh(f"{report.submission.id}.{report.exercise}", taken): report
        for report in listed
    }


def write_json(name: str, report: Report, folder: Path) -> None:
    """Write ID.json, which holds all that is told."""
    (folder / f"{name}.json").write_bytes(to_json(report))


def write_page(
    name: str, report: Report, folder: Path, submission: Submission, lang: Language
) -> None:
    """Write ID.html, which displays it with the submission's lines."""
    page = render(report, _sources(submission), lang)
    (folder / f"{name}.html").write_text(page, encoding="utf-8")


def _sources(submission: Submission) -> dict[str, str]:
    """The student's texts by the keys that the page asks for."""
    found: dict[str, str] = {}
    for filename, text in texts(submission).items():
        here = spot(filename, None)
        if here.line is None:  # text in a string has no lines of its own in its file
            found[source_key(here.file, here.cell)] = text
    return found
