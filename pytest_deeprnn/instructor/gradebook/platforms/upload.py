"""What a platform's reader takes in, the names of a folder, and what it gives: attempts."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import msgspec

from pytest_deeprnn.instructor.gradebook.entry import Platform, Student
from pytest_deeprnn.sandbox.protocol.text import sendable
from pytest_deeprnn.submission.folders import is_students


class Listing(msgspec.Struct, frozen=True):
    """The names in an export's folder, sorted; also of what a zip could not give."""

    root: Path
    folders: tuple[str, ...]
    files: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many names there are."""
        return len(self.folders) + len(self.files)


class HandedFile(msgspec.Struct, frozen=True):
    """A file of an export, and the name that its student gave it."""

    path: Path
    name: str


class Handed(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt of a student or group: a `folder` of the export, or `files` out of it.

    Of two attempts of one student the one with the greater `when` is the last, or else the one
    that was named later. `number` is what stands for the students' ids where they have none. A
    `problem` is why there is no file.
    """

    students: tuple[Student, ...]
    name: str
    folder: Path | None = None
    files: tuple[HandedFile, ...] = ()
    late: bool = False
    when: float = 0.0
    number: str = ""
    earlier: tuple[Path, ...] = ()
    problem: str = ""


class Export(msgspec.Struct, frozen=True, kw_only=True):
    """What a platform's export holds; `claimed` are the names that are spoken for.

    `notes` are lines for the instructor about what could not be understood.
    """

    platform: Platform
    handed: list[Handed]
    claimed: set[str]
    notes: tuple[str, ...] = ()


def listing(root: Path, refused: tuple[Path, ...] = ()) -> Listing:
    """List a folder, but for what systems put there; OSError where it cannot be."""
    folders, files = set[str](), set[str]()
    with os.scandir(root) as entries:
        for entry in entries:
            if is_students(entry.name):
                (folders if entry.is_dir(follow_symlinks=False) else files).add(entry.name)
    for path in refused:
        if path.is_relative_to(root):
            first, *more = path.relative_to(root).parts
            if is_students(first):
                (folders if more else files).add(first)
    return Listing(root, tuple(sorted(folders)), tuple(sorted(files - folders)))


def is_most(matching: int, listed: Listing) -> bool:
    """Whether so many names make an export: one odd file beside them does not unmake it."""
    return 2 * matching > listed.size


def readable(text: str) -> str:
    """A name as it can be stored, its letters composed: systems spell one name in two ways."""
    return unicodedata.normalize("NFC", sendable(text)).strip()
