"""Moodle's export: folders or files, `Full name_userid_assignsubmission_file[_filename]`."""

from __future__ import annotations

import re
from collections import defaultdict

import msgspec

from pytest_deeprnn.instructor.gradebook.entry import Student
from pytest_deeprnn.instructor.gradebook.platforms.upload import (
    Export,
    Handed,
    HandedFile,
    Listing,
    is_most,
    readable,
)

#: Moodle takes underscores out of names. The group of those without a group has no id, and before
#: 4.1 there was an underscore at the end.
_NAME = re.compile(
    r"(?P<name>.+?)(?:_(?P<id>[0-9]+))?_assignsubmission_(?P<plugin>[a-z]+)(?:_(?P<file>.*))?",
    re.DOTALL,
)
_TYPED = "only text that was typed into Moodle came in, and no file"


class _Part(msgspec.Struct, frozen=True):
    """A folder or a file of one student."""

    whole: str
    student: Student
    is_file: bool
    plugin: str
    file: str


def read(listed: Listing) -> Export | None:
    """Take the names apart; None where most of them are no names of Moodle's."""
    folders = [_part(name, is_file=False) for name in listed.folders]
    files = [_part(name, is_file=True) for name in listed.files]
    parts = [one for one in folders + files if one is not None]
    if not is_most(len(parts), listed):
        return None
    by_student: dict[Student, list[_Part]] = defaultdict(list)
    for one in parts:
        by_student[one.student].append(one)
    handed = [_handed(listed, some) for some in by_student.values()]
    return Export(
        platform="moodle", handed=_told_apart(handed), claimed={one.whole for one in parts}
    )


def _part(whole: str, is_file: bool) -> _Part | None:
    found = _NAME.fullmatch(whole)
    if found is None or bool(found["file"]) != is_file:
        return None
    student = Student(id=found["id"] or "", name=readable(found["name"]))
    return _Part(whole, student, is_file, found["plugin"], found["file"] or "")


def _handed(listed: Listing, parts: list[_Part]) -> Handed:
    """What a student handed in: their folder, or else their files; text typed in is no file."""
    uploaded = [one for one in parts if one.plugin == "file"]
    folders = [one for one in uploaded if not one.is_file]
    files = [one for one in uploaded if one.is_file and not folders]
    first = (folders or files or parts)[0]
    return Handed(
        students=(first.student,),
        name=first.whole,
        folder=listed.root / folders[0].whole if folders else None,
        files=tuple(HandedFile(listed.root / one.whole, one.file) for one in files),
        earlier=tuple(listed.root / one.whole for one in folders[1:]),
        problem="" if uploaded else _TYPED,
    )


def _told_apart(handed: list[Handed]) -> list[Handed]:
    """Where names are hidden all are "Participant", in any language: add the number, as Moodle."""
    if len(handed) < 2 or len({one.students[0].name for one in handed}) > 1:
        return handed
    return [msgspec.structs.replace(one, students=(_numbered(one.students[0]),)) for one in handed]


def _numbered(student: Student) -> Student:
    return msgspec.structs.replace(student, name=f"{student.name} {student.id}".strip())
