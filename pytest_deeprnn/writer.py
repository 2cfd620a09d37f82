"""Writes a report's files into the report folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from pytest_deeprnn.exercise import packaged
from pytest_deeprnn.feedback.page import render
from pytest_deeprnn.feedback.quote import source_key
from pytest_deeprnn.report import Report, to_json
from pytest_deeprnn.settings import Language
from pytest_deeprnn.submission.ids import fresh
from pytest_deeprnn.submission.read import Unreadable, read


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


def write_page(name: str, report: Report, folder: Path, path: Path, lang: Language) -> None:
    """Write ID.html, which displays it; `path` is the main file."""
    page = render(report, _sources(path), lang)
    (folder / f"{name}.html").write_text(page, encoding="utf-8")


def _sources(path: Path) -> dict[str, str]:
    """The student's texts by the keys that the page asks for."""
    try:
        pieces = read(path).pieces
    except Unreadable:
        return {}
    return {source_key(path.name, piece.cell): piece.text for piece in pieces}
