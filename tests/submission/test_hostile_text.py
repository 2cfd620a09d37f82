"""Text that overflows, or is written to cost minutes, is refused in one line and in time."""

from __future__ import annotations

import ast
import copy
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pytest_deeprnn.submission.magics import without_magics
from pytest_deeprnn.submission.parse_limits import MAX_CODE, MAX_STATEMENTS
from pytest_deeprnn.submission.prepare import Prepared
from pytest_deeprnn.submission.source import Piece, Source, Unreadable, read
from pytest_deeprnn.submission.syntax import statements

Write = Callable[[str, str | bytes], Path]
SECONDS = 10.0  # of processor time, many times what is needed


def blocks(depth: int, opening: str) -> str:
    lines = [opening.replace("{0}", " " * level) for level in range(depth)]
    return "".join(" " * level + line for level, line in enumerate(lines)) + " " * depth + "pass\n"


HOSTILE = {
    "brackets": "(" * 300 + ")" * 300,
    "signs": "-" * 100_000 + "1",
    "lambdas": "lambda:" * 100_000 + "1",
    "attributes": "x" + ".a" * 100_000,
    "attributes-that-parse": "x = y" + ".a" * 900,
    "calls": "x" + "()" * 100_000,
    "sum-that-parses": "x = " + "1 + " * 900 + "1",
    "dicts": "x = " + "{1:" * 190 + "1" + "}" * 190,
    "elifs": "if a:\n pass\n" + "elif a:\n pass\n" * 2000,
    "digits": "x = " + "9" * 5000,
    "hex-digits": "x = 0x" + "f" * 500_000,
    "fields": "x = f'" + "{x}" * 100_000 + "'",
    "fields-over-lines": "x = f'''" + "{x}\n" * 100_000 + "'''",
    "lines": "x = 1\n" * 150_000,
    "semicolons": "x;" * 500_000,
    "numbers": "x = [" + "1," * 520_000 + "]",
    "finally-in-finally": blocks(60, "try:\n{0} x\n{0}finally:\n"),
    "returns-before-finally": "def f():\n try:\n"
    + "  if x: return\n" * 4000
    + " finally:\n"
    + "  x\n" * 4000,
    "long-line": "x" * (MAX_CODE + 1),
    "chain": "".join(f"a{number} = a{number + 1}\n" for number in range(MAX_STATEMENTS + 1)),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_refused_in_time(write: Write, text: str) -> None:
    path = write("a.py", text)
    start = time.process_time()
    with pytest.raises(Unreadable) as caught:
        read(path)
    assert time.process_time() - start < SECONDS
    assert caught.value.message.isprintable()
    assert len(caught.value.message) <= 300


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("x = 1\ny = 0x" + "f" * 5000, 2),
        ("x = 1\ny = z" + ".a" * 900, 2),
        ("x = 1\n\ny = f'" + "{x}" * 50_000 + "'", 3),
    ],
    ids=["digits", "attributes", "fields"],
)
def test_the_line_is_told(write: Write, text: str, line: int) -> None:
    path = write("a.py", text)
    with pytest.raises(Unreadable) as caught:
        read(path)
    assert caught.value.line == line


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "(" * 90 + "1" + ")" * 90,
        "x = " + "1 + " * 100 + "1",
        "if a:\n pass\n" + "elif a:\n pass\n" * 90,
        "x = [" + "0.25, " * 50_000 + "]",
        "x = f'" + "{x}" * 1000 + "'",
        "book = '''" + "It was the best of times {\n" * 30_000 + "'''",
        "def f():\n try:\n" + "  if x: return\n" * 50 + " finally:\n  x\n",
        "x = 1\n" * 4000,
    ],
    ids=["brackets", "sum", "elifs", "numbers", "fields", "book", "finally", "lines"],
)
def test_what_is_merely_long_is_read_and_can_be_walked_through(write: Write, text: str) -> None:
    (piece,) = read(write("a.py", text)).pieces
    tree = piece.parse()
    assert ast.dump(copy.deepcopy(ast.parse(ast.unparse(tree)))) == ast.dump(tree)


@pytest.mark.parametrize(
    "value", ["y" + ".a" * 115, "1 + " * 116 + "1", "{1:" * 116 + "1" + "}" * 116]
)
def test_what_is_read_can_be_prepared(prepared: Callable[..., Prepared], value: str) -> None:
    assert prepared(f"x = {value}\n").contract.missing()


@pytest.mark.parametrize(
    "name",
    [
        *("rot13", "unicode_escape", "raw_unicode_escape", "hex", "idna", "utf-7", "punycode"),
        *("utf-16", "utf-32", "base64", "undefined", "mbcs", "n" * 100_000, "../x", "os.path"),
    ],
    ids=lambda name: name[:20],
)
def test_an_encoding_of_something_else_than_text_is_refused(write: Write, name: str) -> None:
    path = write("a.py", f"# coding: {name}\nx = 1\n")
    with pytest.raises(Unreadable, match="not text in UTF-8") as caught:
        read(path)
    assert len(caught.value.message) <= 300


@pytest.mark.parametrize(
    ("encoding", "cookie"),
    [
        *((name, name) for name in ("latin-1", "iso-8859-15", "cp1252", "koi8-r", "koi8-u")),
        *((name, name) for name in ("gbk", "gb18030", "gb2312", "big5", "shift_jis", "cp932")),
        *((name, name) for name in ("euc-jp", "euc-kr", "euc_jis_2004", "mac-roman", "ascii")),
        ("utf-8", "utf8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
    ],
)
def test_encodings_of_editors_are_read(write: Write, encoding: str, cookie: str) -> None:
    text = f"# coding: {cookie}\nx = 1\n"
    assert read(write("a.py", text.encode(encoding))).pieces[0].text == text


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"), ("utf-32", "UTF-32"), ("utf-32-be", "NUL")],
)
def test_a_wide_encoding_that_is_not_read_is_named(write: Write, encoding: str, told: str) -> None:
    path = write("a.py", "x = 1\n".encode(encoding))
    with pytest.raises(Unreadable, match=told):
        read(path)


def test_lone_surrogates_are_told_with_their_line() -> None:
    with pytest.raises(Unreadable, match="half of a character") as caught:
        Piece(filename="a.py", text="x = 1\ny = '\ud800'\n").parse()
    assert caught.value.line == 2


CELLS = {
    "escaped-quotes": "\\'" * 250_000,
    "escaped-quotes-over-lines": "\\'\\\n" * 150_000,
    "escaped-triple-quotes": "\\'''x" * 100_000,
    "triple-quotes": "'''\"\"\"" * 80_000,
    "quotes": "\"'" * 250_000,
    "backslashes": "\\" * 500_000,
    "continued-magics": "%a\\\n" * 120_000,
    "continued-lines": "\\\n" * 250_000,
    "assignments": "a= " * 150_000,
    "names": "a, " * 150_000,
    "questions": "a" * 250_000 + "?" * 250_000,
    "blanks": " " * 500_000,
    "brackets": "(" * 500_000,
    "comments": "#\\\n" * 150_000,
}


@pytest.mark.parametrize("text", CELLS.values(), ids=CELLS)
@pytest.mark.parametrize("before", ["", "'''", "%a\n("])
def test_magics_are_found_in_time_that_grows_with_the_text(text: str, before: str) -> None:
    start = time.process_time()
    found = without_magics(before + text)
    assert time.process_time() - start < SECONDS
    assert found.count("\n") == (before + text).count("\n")


@pytest.mark.parametrize(
    "text", [HOSTILE["signs"], HOSTILE["finally-in-finally"], HOSTILE["hex-digits"], "x = '\ud800'"]
)
def test_a_hostile_cell_costs_only_itself(read_cells: Callable[..., Source], text: str) -> None:
    source = read_cells("a = 1", text, "b = 2")
    assert [piece.cell for piece in source.pieces] == [1, 3]
    assert [cell for _, _, cell in source.problems] == [2]


def test_code_that_grows_as_it_is_compiled_is_refused_in_time(tmp_path: Path) -> None:
    """A finally block is written out anew for each return of its try block."""
    lines = ["def f(x):", " try:", *("  if x: return 1" for _ in range(400)), " finally:"]
    path = tmp_path / "student.py"
    path.write_text("\n".join([*lines, *("  if x: x = 2" for _ in range(60)), ""]))
    start = time.perf_counter()
    with pytest.raises(Unreadable, match="more code than is read"):
        statements(read(path))
    assert time.perf_counter() - start < 10
