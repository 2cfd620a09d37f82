"""Canvas's export: files side by side, `name[_LATE]_userid_attachmentid_filename`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

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

_ID = r"[1-9][0-9]*"
#: Canvas takes digits between underscores out of names, so the first such are the ids.
_NAMED = rf"(?P<name>.*?)(?:_(?P<late>LATE))?_(?P<user>{_ID})"
_WHO = rf"(?:(?:(?P<late_anon>LATE)_)?anon_(?P<anon>[0-9A-Za-z]+)|{_NAMED})"
_FILE = re.compile(rf"{_WHO}_(?P<attachment>{_ID})_(?P<file>.+)", re.DOTALL)
_TYPED = re.compile(rf"{_WHO}_(?P<kind>text|link)\.html", re.DOTALL)
#: Canvas numbers a file that a student hands in again under the same name.
_AGAIN = re.compile(r"(?P<stem>.+)-(?P<number>[1-9][0-9]*)(?P<suffix>\.[^.]+)", re.DOTALL)


class _File(msgspec.Struct, frozen=True):
    """A name taken apart; what was typed into Canvas has no attachment."""

    whole: str
    student: Student
    late: bool
    attachment: int
    file: str


def read(listed: Listing) -> Export | None:
    """Take the names apart; None where most of them are no names of Canvas's.

    An attachment belongs to one file, and an id to one name: `kim_2024_5_lab.py` beside
    `lee_2024_5_lab.py` is a habit of a class, and not Canvas's.
    """
    files = list(_consistent(filter(None, map(_file, listed.files))))
    if not is_most(len(files), listed):
        return None
    by_student: dict[str, list[_File]] = defaultdict(list)
    for one in files:
        by_student[one.student.id].append(one)
    handed = [_handed(listed, some) for some in by_student.values()]
    return Export(platform="canvas", handed=handed, claimed={one.whole for one in files})


def _file(whole: str) -> _File | None:
    found = _FILE.fullmatch(whole) or _TYPED.fullmatch(whole)
    if found is None:
        return None
    parts = found.groupdict()
    return _File(
        whole=whole,
        student=Student(id=parts["anon"] or parts["user"], name=readable(parts["name"] or "")),
        late=bool(parts["late"] or parts["late_anon"]),
        attachment=int(parts.get("attachment") or 0),
        file=parts.get("file") or "",
    )


def _consistent(files: Iterable[_File]) -> Iterator[_File]:
    names: dict[str, str] = {}
    attachments: set[int] = set()
    for one in files:
        if names.setdefault(one.student.id, one.student.name) != one.student.name:
            continue
        if one.attachment and one.attachment in attachments:
            continue
        attachments.add(one.attachment)
        yield one


def _handed(listed: Listing, files: list[_File]) -> Handed:
    """A student's last files: those of one name that were handed in before do not count."""
    files.sort(key=lambda one: one.attachment)
    uploaded = [one for one in files if one.file]
    last = {original_name(one.file): one for one in uploaded}
    kept = sorted(last.items())
    earlier = [one for one in uploaded if last[original_name(one.file)] is not one]
    newest = files[-1]
    return Handed(
        students=(newest.student,),
        name=newest.whole,
        files=tuple(HandedFile(listed.root / one.whole, name) for name, one in kept),
        late=any(one.late for _, one in kept) or newest.late,
        when=float(newest.attachment),
        earlier=tuple(listed.root / one.whole for one in earlier),
        problem="" if uploaded else "text was typed into Canvas or a link given: no file came in",
    )


def original_name(file: str) -> str:
    """The name under which a student handed a file in, without Canvas's number of the attempt."""
    again = _AGAIN.fullmatch(file)
    return again["stem"] + again["suffix"] if again else file
