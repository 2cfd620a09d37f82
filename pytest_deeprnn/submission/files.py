"""Opens what students hand in: regular files only, and never more of them than was agreed."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path
from typing import BinaryIO

from pytest_deeprnn.submission.errors import Unreadable

#: Opening a pipe must not wait, and a link must not lead elsewhere.
_FLAGS = os.O_RDONLY | os.O_CLOEXEC | os.O_NOCTTY | os.O_NONBLOCK | os.O_NOFOLLOW
_CHUNK = 1 << 20
_LINK = "this is no regular file but a link: hand in the file itself"
_FOLDER = "this is no regular file but a folder that could not be searched for an answer"
_GONE = "this is no regular file: there is none of this name, or it did not come out of its zip"


def contents(path: Path, limit: int, told: str) -> bytes:
    """Read a whole file; Unreadable where it is no regular file, or, as `told`, longer."""
    data = beginning(path, limit + 1)
    if len(data) > limit:
        raise Unreadable(told)
    return data


def beginning(path: Path, size: int) -> bytes:
    """Read so many bytes at most; Unreadable where this is no regular file."""
    try:
        with _opened(path) as file:
            return file.read(size)
    except OSError as error:
        raise Unreadable(f"the file cannot be read: {error.strerror}") from None


def digest(path: Path, limit: int) -> str:
    """The hash of a file's bytes, empty where they cannot be read or are more than the limit."""
    found = hashlib.sha256()
    try:
        with _opened(path) as file:
            while limit >= 0 and (chunk := file.read(_CHUNK)):
                found.update(chunk)
                limit -= len(chunk)
    except (Unreadable, OSError):
        return ""
    return found.hexdigest() if limit >= 0 else ""


def _opened(path: Path) -> BinaryIO:
    """Open a file and look at what was opened: a name may stand for another file by then."""
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError as error:
        raise Unreadable(_reason(error)) from None
    except ValueError:  # no file system takes such a name
        raise Unreadable(_GONE) from None
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        raise Unreadable(_FOLDER if stat.S_ISDIR(mode) else "this is no regular file")
    return os.fdopen(descriptor, "rb")


def _reason(error: OSError) -> str:
    if error.errno == errno.ELOOP:
        return _LINK
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG):
        return _GONE
    if error.errno == errno.ENXIO:
        return "this is no regular file"
    return f"the file cannot be opened: {error.strerror}"
