"""grades.csv: a line for each student, which spreadsheets open as it is."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

import msgspec

from pytest_deeprnn.core.atomic_write import replacing
from pytest_deeprnn.instructor.gradebook.entry import Row, Student
from pytest_deeprnn.instructor.gradebook.exports.cells import number, text

COLUMNS = (
    "id",
    "name",
    "email",
    "exercise",
    "verdict",
    "score",
    "max_score",
    "late",
    "causes",
)


def write(path: Path, rows: Iterable[Row]) -> None:
    """Write the rows, read once, with one column a check.

    Each student of a group has a line. Where the grader failed there is no score. A check's column
    comes where it was first met, so lines wait in a temporary file until all are known.
    """
    checks: dict[str, None] = {}
    with tempfile.TemporaryFile() as waiting:
        for row in rows:
            checks.update(dict.fromkeys(row.checks))
            for line in _lines(row, checks):
                waiting.write(msgspec.json.encode(line) + b"\n")
        waiting.seek(0)
        with replacing(path) as new, new.open("w", encoding="utf-8-sig", newline="") as file:
            _copy(waiting, file, [*COLUMNS, *map(text, checks)])


def _copy(waiting: IO[bytes], file: IO[str], header: list[str]) -> None:
    """Fill the lines up that were written before a check was first met."""
    writer = csv.writer(file)
    writer.writerow(header)
    for line in waiting:
        cells = msgspec.json.decode(line, type=list[str])
        writer.writerow(cells + [""] * (len(header) - len(cells)))


def _lines(row: Row, checks: Iterable[str]) -> Iterable[list[str]]:
    students = row.entry.students or (Student(id=row.entry.submission.id),)
    graded = row.verdict != "error"
    for student in students:
        yield [
            text(student.id or row.entry.submission.id),
            text(student.name),
            text(student.email),
            text(row.exercise),
            row.verdict,
            number(row.score) if graded else "",
            number(row.max_score) if graded else "",
            "yes" if row.entry.late else "",
            text(" ".join(row.causes)),
            *(row.checks.get(check, "") for check in checks),
        ]
