"""Finds the columns of Moodle's grading worksheet, whose headers are in any language."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from pytest_deeprnn.instructor.gradebook.exports.scores import BadExport
from pytest_deeprnn.instructor.gradebook.exports.sheet import Sheet, as_number

_PARTICIPANT = re.compile(r"(?P<word>.*?\D)(?P<number>[0-9]+)", re.DOTALL)
#: What Moodle calls the grade, one word in each language.
_WORDS = (
    "grade bewertung note calificación calificacion valutazione cijfer beoordeling nota "
    "qualificació betyg karakter vurdering ocena hodnocení známka osztályzat értékelés "
    "arvosana hinne puan оценка оцінка βαθμός 成绩 成績 评分 評分 評定 分数 성적 점수 "
    "điểm الدرجة ציון"
)
_GRADE = frozenset(_WORDS.split())
_COMMENT = frozenset(
    {
        "feedback comments",
        "feedback als kommentar",
        "feedback par commentaires",
        "comentarios de retroalimentación",
        "comentarios de retroalimentacion",
        "commenti di feedback",
        "commenti",
        "feedback opmerkingen",
        "comentários de feedback",
        "反馈评语",
        "评语",
        "意见反馈",
    }
)


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """Where the participant's number, the grade, the highest grade and the comment stand."""

    participant: int
    grade: int
    maximum: int | None
    comment: int | None


def find(sheet: Sheet, grade_column: str = "") -> Columns:
    """Find the columns, `grade_column` among them where its header is given; or BadExport."""
    lines = [one.cells for one in sheet.lines]
    width = len(sheet.header)
    by_column = [[line[at] if at < len(line) else "" for line in lines] for at in range(width)]
    participant = next((at for at in range(width) if _are_participants(by_column[at])), None)
    if participant is None:
        raise BadExport(
            f"{sheet.path}: no column of participants such as 'Participant 123': is it a grading "
            "worksheet of Moodle's?"
        )
    grade = _grade(sheet, by_column, grade_column)
    after = by_column[grade + 1] if grade + 1 < width else []
    has_maximum = _highest(after) is not None
    if not has_maximum and any("\n" in cell for cell in after):
        raise BadExport(f"{sheet.path}: this assignment is graded by a scale of words, not points")
    return Columns(
        participant=participant,
        grade=grade,
        maximum=grade + 1 if has_maximum else None,
        comment=_comment(sheet.header, by_column, grade),
    )


def participant_number(cell: str) -> str:
    """The number at the end of a participant's cell, "" where there is none."""
    found = _PARTICIPANT.fullmatch(cell.strip())
    return (found["number"].lstrip("0") or "0") if found else ""


def _are_participants(cells: Sequence[str]) -> bool:
    found = [_PARTICIPANT.fullmatch(cell.strip()) for cell in cells]
    return (
        bool(found)
        and len({one["word"] if one else None for one in found} - {None}) == 1
        and all(found)
    )


def _grade(sheet: Sheet, by_column: list[list[str]], given: str) -> int:
    named = {given.strip().casefold()} if given.strip() else _GRADE
    found = [at for at, name in enumerate(sheet.header) if name.casefold() in named]
    if not found and not given.strip():
        found = [at for at in range(len(by_column) - 2) if _is_grade(by_column, at)]
    if len(found) == 1:
        return found[0]
    names = ", ".join(map(repr, sheet.header))
    raise BadExport(f"{sheet.path}: cannot tell which column holds the grade: name one of {names}")


def _is_grade(by_column: list[list[str]], at: int) -> bool:
    """Whether numbers or nothing stand there, then the highest grade, then a yes or no."""
    could_be = all(
        cell.strip() in ("", "-") or as_number(cell) is not None for cell in by_column[at]
    )
    words = set(by_column[at + 2])
    has_words = len(words) <= 2 and all(word.strip() and as_number(word) is None for word in words)
    return could_be and _highest(by_column[at + 1]) is not None and has_words


def _highest(cells: Sequence[str]) -> float | None:
    """The highest grade, which is the same in all lines."""
    values = {as_number(cell) for cell in cells}
    only = values.pop() if len(values) == 1 else None
    return only if only is not None and only > 0 else None


def _comment(header: list[str], by_column: list[list[str]], grade: int) -> int | None:
    """The comment's column: by its header, or the last one where it is empty.

    Before it stand the highest grade, whether the grade can be changed, and two times.
    """
    named = [at for at, name in enumerate(header) if name.casefold() in _COMMENT]
    if named:
        return named[0]
    at = len(header) - 1
    is_empty = at >= grade + 4 and not any(cell.strip() for cell in by_column[at])
    return at if is_empty else None
