"""Moodle's grading worksheet, filled in place, and its zip of feedback files.

https://docs.moodle.org: "Offline grading worksheet", "Upload multiple feedback files as a zip".
"""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from pytest_deeprnn.core.atomic_write import replacing
from pytest_deeprnn.instructor.gradebook.entry import Row
from pytest_deeprnn.instructor.gradebook.exports.cells import number
from pytest_deeprnn.instructor.gradebook.exports.graded import Filled, Grade, grades
from pytest_deeprnn.instructor.gradebook.exports.sheet import Record, Sheet, as_number
from pytest_deeprnn.instructor.gradebook.exports.worksheet_columns import (
    Columns,
    find,
    participant_number,
)
from pytest_deeprnn.submission.ids import file_stem

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first day of zips: the same pages make the same bytes


def fill(worksheet: Path, path: Path, rows: Iterable[Row], grade_column: str = "") -> Filled:
    """Fill grades, and comments where there is a column for them, into a worksheet of Moodle's.

    Scores are brought to the highest grade that stands there; all other bytes stay as they are.
    `grade_column` is the header of the grades where it cannot be told. Raises BadExport.
    """
    sheet = Sheet.read(worksheet)
    columns = find(sheet, grade_column)
    found, missing = _matched(sheet, columns, grades(rows))
    with replacing(path) as new, new.open("wb") as file:
        file.write(sheet.mark)
        for at, record in enumerate(sheet.records):
            if at in found:
                record = sheet.changed(record, _cells(record, columns, found[at]))
            file.write(sheet.encoded(record))
    return Filled(len(found), missing)


def _cells(record: Record, columns: Columns, grade: Grade) -> dict[int, str]:
    highest = "" if columns.maximum is None else record.cells[columns.maximum]
    score = number(grade.of(as_number(highest)))
    changed = {columns.grade: score.replace(".", ",") if "," in highest else score}
    if columns.comment is not None:
        changed[columns.comment] = grade.comment
    return changed


def _matched(
    sheet: Sheet, columns: Columns, graded: Iterable[Grade]
) -> tuple[dict[int, Grade], tuple[str, ...]]:
    """The grades by the numbers of their records.

    A group has a number, too, which may be that of another participant: what stands in a line
    must be the name. Where names are hidden numbers are enough.
    """
    said = {at: one.cells for at, one in enumerate(sheet.records) if at and not one.is_empty}
    lines = {participant_number(cells[columns.participant]): at for at, cells in said.items()}
    found: dict[int, Grade] = {}
    others: list[Grade] = []
    named: set[int] = set()
    for one in graded:
        at = lines.get(one.student.id)
        if at is not None and one.student.name in said[at]:
            found[at] = one
            named.add(said[at].index(one.student.name))
        else:
            others.append(one)
    groups = _groups(said, columns, named) if others else {}
    missing = []
    for one in others:
        at = lines.get(one.student.id)
        ats = groups.get(one.student.name) or ([] if at is None else [at])
        found.update((at, one) for at in ats if at not in found)
        missing += [] if ats else [one.submission]
    return found, tuple(missing)


def _groups(said: dict[int, list[str]], columns: Columns, named: set[int]) -> dict[str, list[int]]:
    """The lines by what stands in front of the grade, but for the names of participants."""
    groups: dict[str, list[int]] = defaultdict(list)
    for at, cells in said.items():
        for column, cell in enumerate(cells[: columns.grade]):
            if column not in named and column != columns.participant and cell:
                groups[cell].append(at)
    return groups


def feedback_zip(path: Path, rows: Iterable[Row], folder: Path) -> Filled:
    """Pack the pages of `folder` as Moodle takes feedback files: in its own folders' names.

    The name of a page is that of the exercise, so that a later one takes its place. Missing are the
    submissions that are not Moodle's, or have no page.
    """
    packed, missing = 0, []
    with replacing(path) as new, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive:
        for row in rows:
            page, place = folder / f"{row.page}.html", _folder(row)
            if not place or not page.is_file():
                missing.append(row.entry.submission.id)
                continue
            info = zipfile.ZipInfo(f"{place}/{file_stem(row.exercise)}.html", _LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, page.read_bytes())
            packed += 1
    return Filled(packed, tuple(missing))


def _folder(row: Row) -> str:
    """The four fields by which Moodle finds the student; it takes underscores out of names."""
    if row.entry.platform != "moodle" or not row.entry.students:
        return ""
    student = row.entry.students[0]
    if not student.id:
        return ""
    name = file_stem(student.name).replace("_", " ").strip()
    return f"{name}_{student.id}_assignsubmission_file"
