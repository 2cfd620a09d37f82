"""What was handed in, by whom, and what its grading gave: the lines of a gradebook."""

from __future__ import annotations

from typing import Literal, Self

import msgspec

from pytest_deeprnn.core.report import Report, Status, Verdict
from pytest_deeprnn.submission.discover import Submission

Platform = Literal["", "canvas", "moodle", "gradescope"]


class Student(msgspec.Struct, frozen=True, kw_only=True):
    """Who handed in, as the platform says it; `id` is what the platform calls them by."""

    id: str = ""
    name: str = ""
    email: str = ""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One submission of a class: the attempt that counts.

    `students` are several where a group handed in together, and none where only a file is known.
    `handed_in` is the name of the platform's folder or file for it; `earlier` holds the paths of
    attempts that do not count.
    """

    submission: Submission
    students: tuple[Student, ...] = ()
    platform: Platform = ""
    handed_in: str = ""
    late: bool = False
    earlier: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What a reader knows it by: the students' names, else the submission's."""
        return ", ".join(one.name or one.id for one in self.students) or self.submission.name


class Before(msgspec.Struct, frozen=True, kw_only=True):
    """An earlier grade of the same student that has changed, and why it was graded again."""

    score: float
    max_score: float
    why: tuple[str, ...]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the gradebook: an entry, and of its report what a class is told by.

    `page` is the name of its report's files without their suffixes. `checks` maps each check's id
    to its status, `causes` are the codes of root causes, likeliest first. `trouble` is why the
    grader failed, where it did: then the score says nothing.
    """

    entry: Entry
    page: str
    exercise: str
    verdict: Verdict
    score: float
    max_score: float
    checks: dict[str, Status]
    causes: tuple[str, ...] = ()
    trouble: str = ""
    seconds: float = 0.0
    before: Before | None = None

    @classmethod
    def of(cls, entry: Entry, page: str, report: Report, before: Before | None = None) -> Self:
        """Take from a report what a class is told by."""
        told = [one.message for one in report.checks if one.status is Status.ERROR]
        return cls(
            entry=entry,
            page=page,
            exercise=report.exercise,
            verdict=report.verdict,
            score=report.score,
            max_score=report.max_score,
            checks={one.id: one.status for one in report.checks},
            causes=tuple(one.code for one in report.diagnoses if one.follows_from is None),
            trouble=next(iter(told), ""),
            seconds=report.timing.total_s,
            before=before,
        )
