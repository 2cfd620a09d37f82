"""Knows by its first bytes what was handed in for a Python file or a notebook, and is neither."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from pytest_deeprnn.submission.errors import Unreadable

#: Names under which a browser or a mail program keeps a file that it did not know.
SUFFIXES = (".py", ".ipynb", ".py.txt", ".ipynb.txt", ".ipynb.json")
LOOKED_AT = 4096  # bytes
_MAX_UTF_16 = 20 * 1024 * 1024  # bytes: each of its letters takes up to four in memory
_BOM = codecs.BOM_UTF8
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAVE_AGAIN = "hand in the notebook itself (.ipynb), or its code as a .py file"


@dataclass(frozen=True)
class _Form:
    """Something that is no code: what it is called, how it begins, and what to do instead."""

    what: str
    begins: Callable[[bytes], bool]
    do: str


def has_source_name(name: str) -> bool:
    """Find by its name whether a file may hold an answer."""
    return name.lower().endswith(SUFFIXES)


def stem(name: str) -> str:
    """A file's name without its suffixes, in small letters."""
    name = name.lower()
    ends = [suffix for suffix in SUFFIXES if name.endswith(suffix)]
    return name.removesuffix(max(ends, key=len, default=""))


def is_named_notebook(path: Path) -> bool:
    """Find out whether a file's name says that it is a notebook."""
    return ".ipynb" in path.name.lower()


def is_json_object(start: bytes) -> bool:
    """Find out from its beginning whether a file is a JSON object: a brace and a quoted key.

    As Python it would be a dictionary that nobody keeps.
    """
    start = start.removeprefix(_BOM).lstrip()[:LOOKED_AT]
    return re.match(rb'\{\s*(\}\s*$|"(?:[^"\\]|\\.)*"\s*:)', start) is not None


def is_notebook(path: Path, data: bytes) -> bool:
    """Find out whether a JSON object is a notebook, by what it holds more than by its name.

    Raises Unreadable where it is JSON and nothing but that.
    """
    if is_named_notebook(path) or b'"cells"' in data or b'"worksheets"' in data:
        return True
    if is_json(data):
        raise Unreadable(f"this is JSON but no notebook, for it has no cells: {_SAVE_AGAIN}")
    return False  # Python text that happens to begin so


def is_json(data: bytes) -> bool:
    """Find out whether a file is JSON as a whole."""
    try:
        msgspec.json.decode(data.removeprefix(_BOM), type=msgspec.Raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return False
    return True


def check_beginning(path: Path, start: bytes) -> None:
    """Refuse what is no code; raises Unreadable, which says what it is and what to do."""
    wanted = "a notebook" if is_named_notebook(path) else "Python code"
    for form in _FORMS:
        if form.begins(start):
            raise Unreadable(f"this is {form.what}, not {wanted}: {form.do}")


def as_utf_8(data: bytes) -> bytes:
    """Write a notebook's bytes anew in UTF-8 where an editor or a shell made UTF-16 of them."""
    if not data.startswith(_UTF_16) or len(data) > _MAX_UTF_16:
        return data
    return data.decode("utf-16", errors="replace").encode()


def _starting(*beginnings: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(beginnings)


def _zipped(*names: bytes) -> Callable[[bytes], bool]:
    """A zip in whose first entries such a name occurs; any zip without a name."""
    return lambda data: (
        data.startswith(b"PK\x03\x04") and (not names or any(name in data for name in names))
    )


def _is_html(data: bytes) -> bool:
    start = data.removeprefix(_BOM).lstrip().lower()
    comment = re.match(rb"(<!--.*?-->\s*)+", start, re.DOTALL)
    start = start[comment.end() :] if comment else start
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<script"))


def _is_xml(data: bytes) -> bool:
    return data.removeprefix(_BOM).lstrip().startswith(b"<?xml")


def _is_image(data: bytes) -> bool:
    riff = data.startswith(b"RIFF") and data[8:12] == b"WEBP"
    heic = data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"avif")
    return riff or heic or data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0"))


def _is_byte_code(data: bytes) -> bool:
    return data[2:4] == b"\r\n" and data[:2] != b"\r\n" and data[4:5] in (b"\0", b"\1", b"\3")


_DOWNLOAD = "download the raw file, and hand that in"
_UNPACK = "unpack it, and hand in the .py or .ipynb file"
_PLAIN_TEXT = "save the code as plain text, in a .py file, and hand that in"
_FORMS = (
    _Form("an HTML page", _is_html, _DOWNLOAD),
    _Form(
        "a pointer of Git LFS",
        _starting(b"version https://git-lfs.github.com/spec/"),
        "run `git lfs pull`, and hand in the file that it fetches",
    ),
    _Form("a PDF", _starting(b"%PDF-"), _SAVE_AGAIN),
    _Form("a Word document", _zipped(b"word/"), _PLAIN_TEXT),
    _Form("a spreadsheet", _zipped(b"xl/"), _SAVE_AGAIN),
    _Form(
        "an OpenDocument text",
        _zipped(b"mimetypeapplication/vnd.oasis"),
        _PLAIN_TEXT,
    ),
    _Form("a file of saved weights", _zipped(b"/data.pkl"), "hand in the code that made them"),
    _Form("a zip", _zipped(), f"{_UNPACK}, or give the zip its own name (.zip)"),
    _Form(
        "an old Office document",
        _starting(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        _PLAIN_TEXT,
    ),
    _Form(
        "a text with formatting (RTF)",
        _starting(b"{\\rtf"),
        _PLAIN_TEXT,
    ),
    _Form("an image", _is_image, _SAVE_AGAIN),
    _Form(
        "an archive",
        _starting(b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"BZh", b"\xfd7zXZ"),
        _UNPACK,
    ),
    _Form("compiled Python", _is_byte_code, "hand in the .py file that it was made from"),
    _Form("a note of macOS about a file", _starting(b"\0\5\x16\7"), "hand in the file itself"),
    _Form(
        "a link to a document in the cloud",
        lambda data: re.match(rb'\s*\{\s*"(url|doc_id|resource_id)"\s*:', data) is not None,
        "download the notebook there (File, Download), and hand that in",
    ),
    _Form(
        "a link to a page",
        lambda data: data.lstrip().startswith((b"[InternetShortcut]",)),
        _DOWNLOAD,
    ),
    _Form("XML", _is_xml, _SAVE_AGAIN),
)
