"""Which of a student's attempts counts: the last one, for each student of a group."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from pathlib import Path

import msgspec

from pytest_deeprnn.instructor.gradebook.entry import Platform, Student
from pytest_deeprnn.instructor.gradebook.platforms.upload import Handed


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """What was handed in, on which platform and in which of the exports that were named.

    `shown` is the export's path as the user knows it, `root` the folder that was listed, `refused`
    are files that did not come out of its zip.
    """

    handed: Handed
    platform: Platform
    root: Path
    shown: Path
    refused: tuple[Path, ...] = ()


class Last(msgspec.Struct, frozen=True, kw_only=True):
    """An attempt that counts, for which students, and what they had handed in before."""

    attempt: Attempt
    students: tuple[Student, ...]
    earlier: tuple[str, ...]


def last(attempts: Iterable[Attempt]) -> list[Last]:
    """Keep, in their order, the attempts that are the last of at least one student.

    Who handed in alone, and then in a group, is graded with the group; and one whose group handed
    in again without them keeps what they had.
    """
    numbered = list(enumerate(attempts))
    in_time = sorted(numbered, key=lambda one: (one[1].handed.when, one[0]))
    latest: dict[Hashable, int] = {}
    for number, one in in_time:
        latest.update((key, number) for key in _keys(one))
    before: dict[int, list[str]] = {}
    for number, one in in_time:
        successor = next((latest[key] for key in _keys(one)), number)
        if successor != number and not _counting(number, one, latest):
            before.setdefault(successor, []).extend([*_earlier(one), str(_path(one))])
    kept = []
    for number, one in numbered:
        counting = _counting(number, one, latest)
        if counting or not list(_keys(one)):
            earlier = (*before.get(number, ()), *_earlier(one))
            students = counting or one.handed.students
            kept.append(Last(attempt=one, students=students, earlier=earlier))
    return kept


def _keys(one: Attempt) -> Iterable[Hashable]:
    return filter(None, (_key(one, student) for student in one.handed.students))


def _key(one: Attempt, student: Student) -> Hashable:
    """What a student is known again by; a name alone may be that of two."""
    if student.id or student.email:
        return (one.platform, student.id or student.email)
    return None


def _counting(number: int, one: Attempt, latest: dict[Hashable, int]) -> tuple[Student, ...]:
    """The students whose last attempt this is, with those who are known by name only."""
    return tuple(
        student
        for student in one.handed.students
        if (key := _key(one, student)) is None or latest[key] == number
    )


def _earlier(one: Attempt) -> list[str]:
    return [str(one.shown / path.relative_to(one.root)) for path in one.handed.earlier]


def _path(one: Attempt) -> Path:
    return one.shown / one.handed.name
