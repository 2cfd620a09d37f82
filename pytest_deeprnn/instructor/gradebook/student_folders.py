"""Gives a student's files a folder of their own, under the names that helpers are imported by."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath

import msgspec

from pytest_deeprnn.submission.archives import OF_STUDENT, BadZip, unpack

_MAX_ZIPS = 5
_MAX_FILES = 2_000
_MAX_DEPTH = 20


class Placed(msgspec.Struct, frozen=True):
    """The folder that the files are in now, and a line for each that is not."""

    folder: Path
    lost: tuple[str, ...] = ()


def holds_zip(folder: Path) -> bool:
    """Whether there is a zip at the top of a student's folder."""
    try:
        with os.scandir(folder) as entries:
            return any(is_zip(entry.name) for entry in entries)
    except OSError:
        return False


def files_in(folder: Path) -> Iterator[tuple[Path, PurePath]]:
    """A folder's files with their paths in it, links not followed and not too many of them."""
    left = _MAX_FILES
    for base, folders, names in os.walk(folder):
        below = Path(base).relative_to(folder)
        folders[:] = sorted(folders) if len(below.parts) < _MAX_DEPTH else []
        for name in sorted(names)[:left]:
            yield Path(base) / name, below / name
        left -= len(names)
        if left <= 0:
            return


def place(files: Iterable[tuple[Path, PurePath]], target: Path) -> Placed:
    """Put files into a new folder, and what the zips among them hold beside them.

    A zip that was handed in is opened, and one inside of it is not. What stands outside of a zip
    is never replaced by what is in it.
    """
    target.mkdir(parents=True)
    lost, zips = [], []
    for path, name in files:
        if is_zip(path.name) and len(name.parts) == 1:
            zips.append((path, name))
        elif not _put(path, target / name):
            lost.append(f"{name}: it could not be read")
    for path, name in zips[:_MAX_ZIPS]:
        try:
            unpack(path, target, OF_STUDENT)
        except BadZip as error:
            lost.append(f"{name}: {error}")
    lost += [f"{name}: only {_MAX_ZIPS} zips are opened" for _, name in zips[_MAX_ZIPS:]]
    return Placed(target, tuple(lost))


def is_zip(name: str) -> bool:
    """Whether a file of this name is opened."""
    return name.lower().endswith(".zip")


def _put(path: Path, place: Path) -> bool:
    """Link a regular file to its new place, or copy it where that is on another disk."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return False
        place.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(OSError):
            os.link(path, place, follow_symlinks=False)
            return True
        if os.path.lexists(place):
            return False
        shutil.copyfile(path, place, follow_symlinks=False)
    except OSError:
        return False
    return True
