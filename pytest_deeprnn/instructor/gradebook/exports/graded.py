"""What each student gets, for filling in somebody else's list of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from pytest_deeprnn.instructor.gradebook.entry import Platform, Row, Student
from pytest_deeprnn.instructor.gradebook.exports.cells import text
from pytest_deeprnn.instructor.gradebook.exports.scores import counts


class Grade(msgspec.Struct, frozen=True, kw_only=True):
    """A student's score, whose submission and platform it is of, and the row in words."""

    student: Student
    submission: str
    platform: Platform
    score: float
    max_score: float
    comment: str

    def of(self, points: float | None) -> float:
        """The score where so many points are possible; as it is where nobody says."""
        if points is None or self.max_score <= 0:
            return self.score
        return self.score / self.max_score * points


class Filled(msgspec.Struct, frozen=True):
    """How many lines were filled in, and the ids of submissions that no line was found for."""

    lines: int
    missing: tuple[str, ...] = ()


def grades(rows: Iterable[Row]) -> Iterator[Grade]:
    """The grade of each student; none where the grader failed.

    Of a submission whose student no platform knows the id stands for theirs.
    """
    for row in filter(counts, rows):
        submission = row.entry.submission.id
        for student in row.entry.students or (Student(id=submission),):
            yield Grade(
                student=student,
                submission=submission,
                platform=row.entry.platform,
                score=row.score,
                max_score=row.max_score,
                comment=_comment(row),
            )


def _comment(row: Row) -> str:
    """A row in words: names of checks and causes only, nothing that a student wrote."""
    failed = [check for check, status in row.checks.items() if status == "fail"]
    parts = [f"Score {row.score:g} of {row.max_score:g}."]
    if failed:
        parts.append(f"Not passed: {', '.join(failed)}.")
    if row.causes:
        parts.append(f"Causes: {', '.join(row.causes)}.")
    return text(" ".join(parts))
