"""Unpacks a zip that somebody hostile may have had a hand in: what is refused leaves the rest."""

from __future__ import annotations

import errno
import io
import os
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO

import msgspec

from pytest_deeprnn.submission.errors import one_line

MAX_ENTRIES = 20_000
MAX_ENTRY = 100 * 1024 * 1024
MAX_TOTAL = 500 * 1024 * 1024
_MAX_DEPTH = 20
_MAX_LIST = 8 * 1024 * 1024  # bytes of the list of entries, some 400 for each
_CHUNK = 64 * 1024
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others unpack without a limit
_DISK_IS_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO)


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What is taken out of one zip at most: entries, bytes of one and of all, and of their list."""

    entries: int
    entry: int = MAX_ENTRY
    total: int
    listed: int


#: A whole class, as an instructor downloads it, and what one student packed.
OF_CLASS = Limits(entries=200_000, total=16 * 1024**3, listed=80 * 1024**2)
OF_STUDENT = Limits(entries=2_000, total=100 * 1024**2, listed=1024**2)


class BadZip(Exception):
    """Nothing can be taken out of a zip; the text says in one line why."""


class Unpacked(msgspec.Struct, frozen=True):
    """The folder that holds the files, and where those would be that were refused."""

    root: Path
    refused: tuple[Path, ...]


class _Refused(Exception):
    """An entry that is left out, for a reason in one line."""


class _Archive(io.FileIO):
    """A zip's file, out of which no list of millions of entries is read."""

    def __init__(self, path: Path, limits: Limits) -> None:
        super().__init__(path)
        self._limits = limits

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > self._limits.listed:
            raise BadZip(f"it holds more than {self._limits.entries} entries")
        return super().read(-1 if size is None else size)


def unpack(archive: Path, target: Path, limits: Limits | None = None) -> Unpacked:
    """Unpack what can be, into a folder; BadZip where that is nothing.

    Entries are left out that lead outside, are no plain files, are there already, or are too large.
    """
    limits = limits or _usual()
    try:
        with _Archive(archive, limits) as file, zipfile.ZipFile(file) as opened:
            return _unpack(opened, target, limits)
    except BadZip:
        raise
    except Exception as error:  # zipfile raises many kinds for a damaged file
        raise BadZip(one_line(f"not a readable zip file ({error})")) from None


def _usual() -> Limits:
    return Limits(entries=MAX_ENTRIES, entry=MAX_ENTRY, total=MAX_TOTAL, listed=_MAX_LIST)


def _unpack(opened: zipfile.ZipFile, target: Path, limits: Limits) -> Unpacked:
    entries = opened.infolist()
    if len(entries) > limits.entries:
        raise BadZip(f"it holds more than {limits.entries} entries")
    files = [entry for entry in entries if not entry.filename.endswith(("/", "\\"))]
    if not files:
        raise BadZip("the zip holds no file")
    reasons: list[str] = []
    placed = _placed(files, reasons)
    folders = {folder for place in placed for folder in place.parents}
    written, refused = [], []
    left = limits.total
    # the smallest first: a large one is left out itself, and leaves room for the others
    for place, entry in sorted(placed.items(), key=lambda one: one[1].file_size):
        try:
            if place in folders:  # whoever handed it in, the files below are of others
                raise _Refused(f"entry {_shown(entry)} is a file and a folder")
            for size in _written(opened, entry, target / place, min(left, limits.entry)):
                left -= size
            written.append(place)
        except _Refused as reason:
            reasons.append(str(reason))
            refused.append(place)
    if not written:
        raise BadZip(one_line(reasons[0]))
    root = _root(target, written + refused)
    inside = (target / place for place in refused)
    return Unpacked(root, tuple(sorted(place for place in inside if place.is_relative_to(root))))


def _placed(
    files: list[zipfile.ZipInfo], reasons: list[str]
) -> dict[PurePosixPath, zipfile.ZipInfo]:
    """Each entry's path; the first one of each, and only what stays inside."""
    placed: dict[PurePosixPath, zipfile.ZipInfo] = {}
    for entry in files:
        try:
            placed.setdefault(_place(entry), entry)
        except _Refused as reason:
            reasons.append(str(reason))
    return placed


def _place(entry: zipfile.ZipInfo) -> PurePosixPath:
    name = entry.filename.replace("\\", "/")
    place, on_windows = PurePosixPath(name), PureWindowsPath(name)
    if place.is_absolute() or on_windows.drive or on_windows.root or ".." in place.parts:
        raise _Refused(f"entry {_shown(entry)} leads outside the zip")
    if "\0" in entry.orig_filename or not place.parts:
        raise _Refused(f"not a readable zip file (entry {_shown(entry)} has no usable name)")
    if len(place.parts) > _MAX_DEPTH:
        raise _Refused(f"entry {_shown(entry)} lies more than {_MAX_DEPTH} folders deep")
    return PurePosixPath(*(_harmless(part) for part in place.parts))


def _harmless(part: str) -> str:
    """A name without control characters and marks that turn the direction of what is read."""
    return "".join(letter if letter.isprintable() else "_" for letter in part)


def _shown(entry: zipfile.ZipInfo) -> str:
    return repr(entry.orig_filename[:100])


def _written(
    opened: zipfile.ZipFile, entry: zipfile.ZipInfo, place: Path, limit: int
) -> Iterator[int]:
    """Write an entry and tell how much was read, also of one that is then refused."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG) or entry.compress_type not in _METHODS:
        what = "no plain file" if entry.compress_type in _METHODS else "packed in a rare way"
        raise _Refused(f"not a readable zip file (entry {_shown(entry)} is {what})")
    if entry.file_size > limit:
        raise _Refused(f"entry {_shown(entry)} unpacks to more than {limit} bytes")
    try:
        with opened.open(entry) as packed:
            yield from _copied(packed, place, limit)
    except OSError as error:
        if error.errno in _DISK_IS_FULL:
            raise
        raise _Refused(f"entry {_shown(entry)}: {error.strerror or error}") from None
    except Exception as error:  # zipfile and zlib raise many kinds for a damaged entry
        raise _Refused(f"not a readable zip file (entry {_shown(entry)}: {error})") from None


def _copied(packed: IO[bytes], place: Path, limit: int) -> Iterator[int]:
    """Write a file, and take it away again where it does not end well."""
    with _new_file(place) as file:
        try:
            # the header may lie about the size: what counts is what comes
            while chunk := packed.read(_CHUNK):
                yield len(chunk)
                limit -= len(chunk)
                if limit < 0:
                    raise _Refused("it unpacks to more than it says")
                file.write(chunk)
        except Exception:
            place.unlink()
            raise


def _new_file(place: Path) -> IO[bytes]:
    """A file that was not there before, also not in other case, and so is no link to another."""
    place.parent.mkdir(parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    return os.fdopen(os.open(place, flags, 0o600), "wb")


def _root(target: Path, places: list[PurePosixPath]) -> Path:
    """The only folder at the top, beside what systems add, else the zip's own folder."""
    tops = {place.parts[0] for place in places if not place.parts[0].startswith((".", "__"))}
    only = target / next(iter(tops)) if len(tops) == 1 else target
    return only if only.is_dir() else target
