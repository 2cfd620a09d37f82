"""Canvas's grade CSV: filled into the instructor's own, or made anew.

https://community.canvaslms.com: "How do I import grades in the Gradebook?"
"""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from pytest_deeprnn.core.atomic_write import replacing
from pytest_deeprnn.instructor.gradebook.entry import Row, Student
from pytest_deeprnn.instructor.gradebook.exports.cells import number, text
from pytest_deeprnn.instructor.gradebook.exports.graded import Filled, Grade, grades
from pytest_deeprnn.instructor.gradebook.exports.scores import BadExport, counts
from pytest_deeprnn.instructor.gradebook.exports.sheet import Record, Sheet, as_number

_COLUMNS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
_POINTS = "    Points Possible"  # with the four spaces that Canvas writes
_ASSIGNMENT = re.compile(r"(?P<title>.*) \([0-9]+\)", re.DOTALL)
_BY_SCHOOL = ("SIS User ID", "SIS Login ID")
_TOLD = 5

_Key = tuple[str, str]


def write(path: Path, rows: Iterable[Row], title: str) -> None:
    """Make a CSV of one assignment, `Title (id)` or the title of a new one, from rows read once.

    The points possible are those of the first row that was graded.
    """
    waiting: list[Row] = []
    stream = iter(rows)
    for row in stream:
        waiting.append(row)
        if counts(row):
            break
    points = waiting[-1].max_score if waiting and counts(waiting[-1]) else None
    with replacing(path) as new, new.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*_COLUMNS, text(title)])
        writer.writerow([_POINTS, "", "", "", "", "" if points is None else number(points)])
        for row in itertools.chain(waiting, stream):
            writer.writerows(_lines(row, points))


def _lines(row: Row, points: float | None) -> Iterator[list[str]]:
    of_canvas = row.entry.platform == "canvas"
    scores = {one.student: number(one.of(points)) for one in grades([row])}
    for student in row.entry.students or (Student(id=row.entry.submission.id),):
        name, id_ = text(student.name or student.id), text(student.id)
        known = [id_, "", ""] if of_canvas else ["", id_, text(student.email)]
        yield [name, *known, "", scores.get(student, "")]


def fill(gradebook: Path, path: Path, rows: Iterable[Row], title: str = "") -> Filled:
    """Fill one assignment's column into a gradebook that was exported from Canvas.

    Scores are brought to the points that are possible there; all other bytes stay as they are.
    Students of Canvas are found by its ids, others by the school's. Without a title the gradebook
    may have one assignment only. Raises BadExport.
    """
    sheet = Sheet.read(gradebook)
    columns = {name: at for at, name in enumerate(sheet.header)}
    if "ID" not in columns:
        raise BadExport(f"{gradebook}: no column ID: is it a gradebook exported from Canvas?")
    column = _column(sheet, title)
    possible = next((one for one in sheet.lines if _is_points(one)), None)
    cell = _cell(possible, column) if possible else ""
    if "read only" in cell:
        raise BadExport(f"{gradebook}: the column {sheet.header[column]!r} is read only")
    form = _Form(as_number(cell), "," in cell)
    index = {key: one for one in grades(rows) for key in _keys(one)}
    all_submissions = dict.fromkeys(one.submission for one in index.values())
    lines = 0
    with replacing(path) as new, new.open("wb") as file:
        file.write(sheet.mark)
        for record in sheet.records:
            found = _found(record, columns, index) if record is not sheet.records[0] else None
            if found is not None:
                lines += 1
                all_submissions.pop(found.submission, None)
                record = sheet.changed(record, {column: form.written(found)})
            file.write(sheet.encoded(record))
    return Filled(lines, tuple(all_submissions))


class _Form(msgspec.Struct, frozen=True):
    """How numbers are written in a gradebook, and how many points are possible."""

    points: float | None
    has_comma: bool

    def written(self, grade: Grade) -> str:
        score = number(grade.of(self.points))
        return score.replace(".", ",") if self.has_comma else score


def _keys(one: Grade) -> list[_Key]:
    student = one.student
    if one.platform == "canvas":
        return [("ID", student.id)]
    said = [value.casefold() for value in (student.id, student.email) if value]
    return [(column, value) for column in _BY_SCHOOL for value in said]


def _found(record: Record, columns: dict[str, int], index: dict[_Key, Grade]) -> Grade | None:
    if _is_points(record):
        return None
    keys = [("ID", _cell(record, columns["ID"]))]
    keys += [(name, _cell(record, columns[name])) for name in _BY_SCHOOL if name in columns]
    return next((index[key] for key in _folded(keys) if key[1] and key in index), None)


def _folded(keys: list[_Key]) -> list[_Key]:
    return [(column, value.casefold() if column != "ID" else value) for column, value in keys]


def _cell(record: Record, column: int) -> str:
    return record.cells[column].strip() if column < len(record.raw) else ""


def _is_points(record: Record) -> bool:
    return "Points Possible" in record.cells[0]


def _column(sheet: Sheet, title: str) -> int:
    """The assignment's column: `Title (id)`, or the title without its id."""
    titles = {at: name for at, name in enumerate(sheet.header) if _ASSIGNMENT.fullmatch(name)}
    wanted = title.strip()
    exact = [at for at, name in enumerate(sheet.header) if wanted and name == wanted]
    found = exact or [at for at, name in titles.items() if not wanted or _title(name) == wanted]
    if len(found) == 1:
        return found[0]
    names = ", ".join(repr(name) for name in itertools.islice(titles.values(), _TOLD))
    what = f"the assignment {wanted!r}" if wanted else "one assignment"
    raise BadExport(
        f"{sheet.path}: {len(found)} columns are for {what}; it has {names or 'no assignment'}"
    )


def _title(header: str) -> str:
    found = _ASSIGNMENT.fullmatch(header)
    return found["title"].strip() if found else header
