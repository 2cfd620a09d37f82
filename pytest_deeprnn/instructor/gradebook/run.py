"""Grades a class: what is missing is handed out, and what arrives is kept and written at once."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Protocol

from msgspec.structs import replace

from pytest_deeprnn.core.exercise import Exercise
from pytest_deeprnn.core.report import Report, SubmissionId, error_report
from pytest_deeprnn.core.settings import Settings
from pytest_deeprnn.instructor.gradebook.cache_key import Basis, Ground
from pytest_deeprnn.instructor.gradebook.entry import Entry, Row
from pytest_deeprnn.instructor.gradebook.jobs import Executor, Graded, Job
from pytest_deeprnn.instructor.gradebook.store import Kept, Store, before
from pytest_deeprnn.reporting.files import remove_old, write_json, write_page


class Progress(Protocol):
    """Is told what goes on."""

    def begin(self, total: int, known: int) -> None:
        """So many submissions, so many of which have a grade already."""

    def advance(self, row: Row) -> None:
        """One more has been graded."""


@dataclass(frozen=True)
class _Line:
    """An entry, what its grade depends on, and what it had before."""

    entry: Entry
    basis: Basis
    old: Kept | None


@dataclass
class _Plan:
    """What has to be graded, by key; each key once, whoever handed the same in."""

    missing: dict[str, list[_Line]] = field(default_factory=lambda: defaultdict(list))
    known: list[_Line] = field(default_factory=list)

    def lines(self) -> Iterator[_Line]:
        """All that has to be graded."""
        return itertools.chain.from_iterable(self.missing.values())

    def jobs(self) -> list[Job]:
        """The longest known first, so that none of them is the last one to wait for."""
        longest = sorted(self.missing.values(), key=lambda lines: -_seconds(lines))
        return [Job(lines[0].basis.key, lines[0].entry.submission) for lines in longest]


class Run:
    """One run over a class."""

    def __init__(
        self,
        entries: Sequence[Entry],
        exercise: Exercise,
        settings: Settings,
        store: Store,
        folder: Path,
    ) -> None:
        self.entries = entries
        self._exercise = exercise
        self._settings = settings
        self._store = store
        self._folder = folder

    def grade(self, executor: Executor, progress: Progress) -> None:
        """Grade what has no grade yet; OSError or StoreFailed where nothing can be kept."""
        plan = self._plan()
        progress.begin(len(self.entries), len(plan.known))
        for line in plan.known:
            self._adopt(line)
        remove_old(self._folder, [one.entry.submission.id for one in plan.lines()])
        for graded in executor.grade(plan.jobs(), self._exercise):
            for row in self._take(graded, plan.missing.pop(graded.key)):
                progress.advance(row)

    def rows(self) -> Iterator[Row]:
        """The lines of the gradebook, in the order of the entries; those that have a grade."""
        entries = {one.submission.id: one for one in self.entries}
        for kept in self._store.kept(entries):
            yield replace(kept.row, entry=entries[kept.row.entry.submission.id])

    def reports(self) -> Iterator[Report]:
        """The reports of all entries that have been graded, or could not be."""
        entries = {one.submission.id: one for one in self.entries}
        for kept in self._store.kept(entries):
            entry = entries[kept.row.entry.submission.id]
            report = self._store.report(kept.basis.key)
            if report is not None:
                yield _own(report, entry)
            elif kept.row.verdict == "error":
                told = SubmissionId(id=entry.submission.id, path=entry.submission.given, sha256="")
                yield error_report(told, kept.row.exercise, kept.row.trouble)

    def ungraded(self) -> Iterator[str]:
        """The ids of those that could not be graded."""
        graded = {row.entry.submission.id for row in self.rows() if row.verdict != "error"}
        return (one.submission.id for one in self.entries if one.submission.id not in graded)

    def _plan(self) -> _Plan:
        plan, ground = _Plan(), Ground(self._exercise, self._settings)
        old = self._store.kept(one.submission.id for one in self.entries)
        newest = next(old, None)
        for entry in self.entries:
            matching = newest is not None and newest.row.entry.submission.id == entry.submission.id
            line = _Line(
                entry,
                ground.basis(entry.submission),
                newest if matching else None,
            )
            newest = next(old, None) if matching else newest
            key = line.basis.key
            if key not in plan.missing and self._store.has(key):
                plan.known.append(line)
            else:
                plan.missing[key].append(line)
        return plan

    def _adopt(self, line: _Line) -> None:
        """A report that is kept already: from a run before, or another student's same answer."""
        if line.old is not None and line.old.basis == line.basis and self._is_written(line.old):
            return
        report = self._store.report(line.basis.key)
        assert report is not None
        self._store.keep(line.basis.key, None, [(line.basis, self._row(line, report))])
        self._write([line], report)

    def _is_written(self, kept: Kept) -> bool:
        names = (f"{kept.row.page}.json", f"{kept.row.page}.html")
        return kept.written and all((self._folder / name).exists() for name in names)

    def _take(self, graded: Graded, lines: list[_Line]) -> list[Row]:
        """Keep a report that has arrived, for all who handed the same in, and write their files."""
        report = graded.report
        rows = [self._row(line, report) for line in lines]
        kept = None if report.verdict == "error" else report  # the next run tries again
        self._store.keep(
            graded.key, kept, [(line.basis, row) for line, row in zip(lines, rows, strict=True)]
        )
        self._write(lines, report)
        return rows

    def _row(self, line: _Line, report: Report) -> Row:
        row = Row.of(line.entry, line.entry.submission.id, report)
        return replace(row, before=before(line.old, line.basis, row))

    def _write(self, lines: list[_Line], report: Report) -> None:
        for line in lines:
            one = line.entry.submission
            own = _own(report, line.entry)
            write_json(one.id, own, self._folder)
            write_page(one.id, own, self._folder, one, self._settings.lang)
        self._store.wrote(line.entry.submission.id for line in lines)


def _own(report: Report, entry: Entry) -> Report:
    """A report as one of those gets it who handed the same in, without where it lies."""
    name = PurePath(entry.submission.given).name
    told = replace(report.submission, id=entry.submission.id, path=name)
    return replace(report, submission=told)


def _seconds(lines: list[_Line]) -> float:
    return max((line.old.row.seconds for line in lines if line.old is not None), default=0.0)
