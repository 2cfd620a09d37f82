"""A .py file is read as Python itself would read it, or refused in one line."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pytest_deeprnn.submission import source as reading
from pytest_deeprnn.submission.source import MAX_BYTES, Unreadable, read

Write = Callable[[str, str | bytes], Path]

TEXT = "name = 'Schröder 层'\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        b"\xff\xfe" + TEXT.encode("utf-16-le"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8-bom", "utf-16-le", "utf-16-be"],
)
def test_unicode_encodings_give_the_same_text(write: Write, data: bytes) -> None:
    (piece,) = read(write("a.py", data)).pieces
    assert (piece.text, piece.filename, piece.cell) == (TEXT, "a.py", None)


@pytest.mark.parametrize(
    ("cookie", "byte", "meant"),
    [("latin-1", b"\xe9", "é"), ("cp1251", b"\xe9", "й"), ("gbk", b"\xb2\xe3", "层")],
)
def test_coding_cookie_is_obeyed(write: Write, cookie: str, byte: bytes, meant: str) -> None:
    data = f"#!/usr/bin/python\n# -*- coding: {cookie} -*-\ns = '".encode() + byte + b"'\n"
    assert f"s = '{meant}'" in read(write("a.py", data)).pieces[0].text


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings_become_newlines(write: Write, ending: str) -> None:
    data = ending.join(["a = 1", "b = 2", ""])
    assert read(write("a.py", data)).pieces[0].text == "a = 1\nb = 2\n"


@pytest.mark.parametrize(
    ("data", "line", "told"),
    [
        (b"a = 1\nb = '\0'\n", 2, "NUL"),
        (b"a = 1\n\ndef f(:\n", 3, "SyntaxError"),
        (b"if True:\nx = 1\n", 2, "SyntaxError: expected an indented block"),
        (b"print 'python 2'\n", 1, "SyntaxError"),
        (b"a = 1\r\nb = = 2\r\n", 2, "SyntaxError"),
        (b"a = 1\r\nname = '\xe9'\n", 2, "UTF-8 (byte 0xe9)"),
        (b'"""\n' * 6 + b"# \xfc\n", 7, "UTF-8 (byte 0xfc)"),
        (b"# coding: klingon\n", None, "klingon"),
        (b"# coding: hex\n78\n", None, "hex"),
        (b"\xef\xbb\xbf# coding: latin-1\n", None, "UTF-8"),
        (b"\xff\xfex", None, "UTF-"),
        (b"# coding: undefined\n", None, "UTF-8"),
    ],
)
def test_what_is_no_python_is_told_with_its_line(
    write: Write, data: bytes, line: int | None, told: str
) -> None:
    path = write("a.py", data)
    with pytest.raises(Unreadable) as caught:
        read(path)
    assert told in caught.value.message
    assert "\n" not in caught.value.message
    assert (caught.value.line, caught.value.cell) == (line, None)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 1000 + ")" * 1000,
        "[" * 150 + "]" * 150 + "\n" + "-" * 100_000 + "1",
        "x = " + "1 + " * 100_000 + "1",
        "x" + ".a" * 100_000,
    ],
    ids=["brackets", "signs", "sum", "attributes"],
)
def test_nesting_that_overflows_the_parser_is_unreadable(write: Write, text: str) -> None:
    path = write("a.py", text)
    with pytest.raises(Unreadable, match=r"SyntaxError|nested more"):
        read(path)


def test_a_file_too_large_is_not_even_read(write: Write) -> None:
    path = write("a.py", "x = 1\n")
    os.truncate(path, MAX_BYTES + 1)  # a hole: the zeros take no room and would be NUL bytes
    with pytest.raises(Unreadable, match="larger than 1024 KiB"):
        read(path)


def test_the_size_limit_itself_is_allowed(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_BYTES", 6)
    assert read(write("a.py", "x = 1\n")).pieces
    path = write("b.py", "x = 11\n")
    with pytest.raises(Unreadable, match="larger"):
        read(path)


def _folder(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _nothing(path: Path) -> None:
    assert not path.exists()


def _broken_link(path: Path) -> None:
    path.symlink_to(path.with_name("gone.py"))


@pytest.mark.parametrize("make", [_folder, _pipe, _nothing, _broken_link])
def test_what_is_no_regular_file_is_refused(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "a.py"
    make(path)
    with pytest.raises(Unreadable, match="no regular file"):
        read(path)


def test_reading_runs_nothing(write: Write, tmp_path: Path) -> None:
    trace = tmp_path / "ran"
    text = f"open({str(trace)!r}, 'w')\nraise SystemExit\n"
    assert read(write("a.py", text)).pieces[0].text == text
    assert not trace.exists()


def test_an_empty_file_is_one_empty_piece(write: Write) -> None:
    assert [piece.text for piece in read(write("a.py", "")).pieces] == [""]
