"""Turns a file's bytes into text, as Python itself would, or refuses them in one line."""

from __future__ import annotations

import codecs
import io
import re
import tokenize

from pytest_deeprnn.submission.errors import Unreadable

#: Encodings that editors write. Python knows others that turn bytes into something else than the
#: text that an editor shows (rot13, unicode_escape, utf-7), some of them in quadratic time (idna).
_OF_EDITORS = re.compile(
    r"utf-8(-sig)?|ascii|iso8859-\d+|iso2022_(jp|kr)\w*|cp\d+|koi8-[rtu]|gb2312|gbk|gb18030|hz"
    r"|big5(hkscs)?|shift_jis\w*|euc_\w+|johab|mac-\w+|tis-620|kz1048|ptcp154"
)
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UTF_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


def decode(data: bytes) -> str:
    """Decode a .py file, its lines ended by newlines; Unreadable where it is no text."""
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeError as error:
        raise _no_text(data, encoding, error) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        hint = ": is it UTF-16? Save it as UTF-8" if b"\0" in data[:2] else ""
        raise Unreadable(f"the file holds a NUL byte{hint}", line)
    return unified(text.removeprefix("\ufeff"))


def unified(text: str) -> str:
    """The text with newlines, and nothing else, at the ends of its lines."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _encoding(data: bytes) -> str:
    if data.startswith(_UTF_32):
        raise Unreadable("the file is text in UTF-32, which Python does not read: save it as UTF-8")
    if data.startswith(_UTF_16):
        return "utf-16"
    try:
        name = tokenize.detect_encoding(io.BytesIO(data).readline)[0]
    except (SyntaxError, UnicodeError) as error:
        if not _is_utf_8(data):
            return "utf-8"  # what decoding it says has a line
        raise Unreadable(f"the file is not text in UTF-8: {str(error)[:100]}") from None
    known = codecs.lookup(name).name
    if not _OF_EDITORS.fullmatch(known):
        raise Unreadable(f"the file is not text in UTF-8: {name[:60]!r} is no encoding of text")
    return known


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeError:
        return False
    return True


def _no_text(data: bytes, encoding: str, error: UnicodeError) -> Unreadable:
    """Say where the first letter stands that the encoding does not have."""
    name = encoding.upper() if encoding.startswith("utf") else encoding
    if encoding != "utf-8" or not isinstance(error, UnicodeDecodeError):
        return Unreadable(f"the file is not text in {name}: {error}")
    line = len(re.findall(rb"\r\n|\r|\n", data[: error.start])) + 1
    told = f"a letter here is not in UTF-8 (byte 0x{data[error.start]:02x}): save the file as UTF-8"
    return Unreadable(told, line)
