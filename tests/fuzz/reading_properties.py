"""Whatever a student hands in is read, with its lines where they were, or refused in one line."""

from __future__ import annotations

import ast
import json
import tempfile
from pathlib import Path
from typing import Any

from fuzzing import Property
from hypothesis import strategies as st

from pytest_deeprnn.submission.decoding import unified
from pytest_deeprnn.submission.discover import Submission
from pytest_deeprnn.submission.prepare import prepare
from pytest_deeprnn.submission.source import Source, Unreadable, read

_FOLDER = tempfile.TemporaryDirectory(prefix="deeprnn-fuzz-")
_PARTS = [
    *("'", '"', "'''", '"""', "\\", "\n", "\r\n", "\r", "\t", "    ", " ", "#", ";", ":", ","),
    *("(", ")", "[", "]", "{", "}", "=", "==", "+", "-", "*", ".", "@", "%", "!", "?", "\\\n"),
    *("%matplotlib inline\n", "%%time\n", "%%bash\n", "!ls\n", "x = !ls\n", "x?\n", "%a \\\n"),
    *("x", "f", "1", "0x" + "f" * 4000, "9" * 4400, "lambda:", "not ", "await ", "yield ", "if 1"),
    *("x = 1\n", "def f(a):\n    return a\n", "class A:\n    pass\n", "import torch\n", "else:\n"),
    *("def get_params(vocab_size, num_hiddens, device):\n    return []\n", "global x\n", "f'{x}'"),
    *("def rnn(inputs, state, params):\n    return inputs, state\n", "params = 1\n", "del x\n"),
    *("try:\n    x\nfinally:\n    y\n", "return x\n", "match x:\n    case 1:\n        pass\n"),
    *("\0", "\f", "\ufeff", "\u2028", "\x85", "\u202e", "σ", "层", "\U0001f600", "é"),
]
_NESTING = [
    *(("(", ")"), ("[", "]"), ("{", "}"), ("{1:", "}"), ("f(", ")"), ("x[", "]"), ("-", "")),
    *(("not ", ""), ("lambda:", ""), ("1+", ""), ("1 if 1 else ", ""), ("", ".a"), ("", "()")),
    *(("", "[0]"), ("a=", ""), ("a and ", ""), ("1<", ""), ("(a:=", ")"), ("[x for x in ", "]")),
    *(("with (", ")"), ("@a\n", ""), ("x:", ""), ("f'{", "}'"), ("*", ""), ("'a' ", ""), ("~", "")),
]
_BLOCKS = [
    "if 1:\n",
    "for x in y:\n",
    "def f():\n",
    "class A:\n",
    "with a:\n",
    "try:\n{0} x\n{0}finally:\n",
    "try:\n{0} return\n{0}finally:\n",
    "if 1:\n{0} x\n{0}else:\n",
    "while 1:\n",
    "async def f():\n",
]
_DEEP = st.sampled_from([1, 60, 110, 116, 160, 190, 300, 600, 900])
_WHOLE = [
    *("x = 1\n", "y = 2\r\n", "z = 3\r", "import torch\n", "def f(a):\n    return a\n"),
    *("%time x\n", "x?\n", "if x:\n    !ls\n", "s = '''\n%a\n'''\n", "s = (1\n%2)\n"),
]
_COOKIES = ["utf-8", "latin-1", "gbk", "utf-7", "rot13", "hex", "idna", "punycode", "utf-16"]
_ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1", "gb18030", "cp1252"]


def is_prepared_or_refused(data: bytes) -> None:
    """A .py file is one piece, which Python can parse and write out again."""
    source = _read("student.py", data)
    if source is None:
        return
    (piece,) = source.pieces
    assert (piece.filename, piece.cell) == ("student.py", None)
    assert not {"\0", "\r"} & set(piece.text)
    assert ast.unparse(piece.parse()) is not None
    _prepare("student.py")


def is_a_notebook_or_refused(data: bytes) -> None:
    """Pieces have cells of their own, in order; Python under a notebook's name is one piece."""
    source = _read("nb.ipynb", data)
    if source is not None:
        numbers = [piece.cell or 0 for piece in source.pieces]
        assert numbers == sorted(set(numbers))
        assert numbers == [0] or min(numbers) >= 1
        _prepare("nb.ipynb")


def keeps_its_cells_and_lines(cells: list[tuple[str, Any]]) -> None:
    """Each code cell becomes a piece with the same lines, or a problem of its own."""
    held = [{"cell_type": kind, "source": source, "outputs": []} for kind, source in cells]
    data = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": held})
    source = _read("nb.ipynb", data.encode())
    code = [number for number, (kind, _) in enumerate(cells, start=1) if kind == "code"]
    if source is None:
        return
    found = [piece.cell for piece in source.pieces] + [cell for _, _, cell in source.problems]
    assert sorted(number or 0 for number in found) == code
    for piece in source.pieces:
        text = cells[(piece.cell or 0) - 1][1]
        before = unified(text if isinstance(text, str) else "".join(text)).split("\n")
        after = piece.text.split("\n")
        assert len(before) == len(after)
        assert "\r" not in piece.text
        assert all(
            new == old or new.strip() in ("", "pass")
            for old, new in zip(before, after, strict=True)
        )


def _read(name: str, data: bytes) -> Source | None:
    path = Path(_FOLDER.name, name)
    path.write_bytes(data)
    try:
        return read(path)
    except Unreadable as error:
        _check_told(error)
        return None


def _prepare(name: str) -> None:
    path = str(Path(_FOLDER.name, name))
    try:
        prepared = prepare(Submission(id="a", name=name, path=path, given=path), frozenset({"rnn"}))
    except Unreadable as error:
        _check_told(error)
    else:
        assert prepared.source.pieces


def _check_told(error: Unreadable) -> None:
    assert error.message.isprintable()
    assert 0 < len(error.message) <= 300
    assert error.line is None or error.line >= 0


def _nested() -> st.SearchStrategy[str]:
    layers = st.lists(st.sampled_from(_NESTING), min_size=1, max_size=3)
    return st.builds(_around, layers, st.sampled_from([1, 20, 60, 110, 190, 3000, 50_000]))


def _around(layers: list[tuple[str, str]], times: int) -> str:
    opening = "".join(before for before, _ in layers)
    closing = "".join(after for _, after in reversed(layers))
    return f"{opening * times}x{closing * times}\n"


@st.composite
def _indented(draw: st.DrawFn) -> str:
    blocks = draw(st.lists(st.sampled_from(_BLOCKS), min_size=1, max_size=3))
    deep = draw(st.sampled_from([2, 8, 17, 60, 95]))
    lines = [
        " " * level + blocks[level % len(blocks)].replace("{0}", " " * level)
        for level in range(deep)
    ]
    return "".join(lines) + " " * deep + "pass\n"


@st.composite
def _repeated(draw: st.DrawFn) -> str:
    part = "".join(draw(st.lists(st.sampled_from(_PARTS), min_size=1, max_size=3)))
    return part * draw(st.sampled_from([2, 50, 3000, 30_000])) + draw(st.sampled_from(_PARTS))


def _statements() -> st.SearchStrategy[str]:
    """Text that Python mostly reads, with values near the limits of what is walked through."""
    whole = st.sampled_from(_WHOLE)
    deep = st.builds(_around, st.sampled_from(_NESTING).map(lambda one: [one]), _DEEP)
    number = st.sampled_from(["0x" + "f" * 3000, "0x" + "f" * 4000, "9" * 4300, "f'{x}' * 2"])
    value = (deep | number.map("{}\n".format)).map("v = {}".format)
    return st.lists(whole | value, min_size=1, max_size=3).map("".join)


def _texts() -> st.SearchStrategy[str]:
    mixed = st.lists(st.sampled_from(_PARTS), max_size=25).map("".join)
    return _statements() | mixed | st.text(max_size=40) | _nested() | _indented() | _repeated()


@st.composite
def _files(draw: st.DrawFn) -> bytes:
    text = draw(_statements() | _texts())[:300_000]
    if draw(st.booleans()):
        return text.encode("utf-8", "replace")
    cookie = draw(st.sampled_from(["", *(f"# coding: {name}\n" for name in _COOKIES)]))
    return (cookie + text).encode(draw(st.sampled_from(_ENCODINGS)), "replace")


def _notebooks() -> st.SearchStrategy[bytes]:
    """JSON that is nearly a notebook."""
    texts = st.lists(st.sampled_from(_PARTS), max_size=4).map("".join)
    odd = st.none() | st.integers() | st.floats() | texts | st.lists(texts, max_size=2)
    cell = st.fixed_dictionaries(
        {},
        optional={"cell_type": st.sampled_from(["code", "markdown", 1, None]), "source": odd}
        | {"input": odd, "outputs": odd, "metadata": odd},
    )
    cells = st.lists(cell | odd, max_size=4)
    sheets = st.lists(st.fixed_dictionaries({}, optional={"cells": cells}) | odd, max_size=2)
    formats = st.sampled_from([4, 4, 4, 3, 3, 2, 5, 99, "4", 4.0, None, True])
    notebook = st.fixed_dictionaries(
        {"nbformat": formats}, optional={"cells": cells | odd, "worksheets": sheets | odd}
    )
    return (notebook | cells).map(lambda value: json.dumps(value).encode("utf-8", "replace"))


@st.composite
def _damaged_notebooks(draw: st.DrawFn) -> bytes:
    data = draw(_notebooks())
    start, end = sorted((draw(st.integers(0, len(data))), draw(st.integers(0, len(data)))))
    deep = st.sampled_from([b"[", b'{"a":', b'[{"cells":']).map(lambda one: one * 100_000)
    literal = st.sampled_from([b"NaN", b"\\ud800", b"\xff", b"9" * 5000, b"1e999", b'"a":1,"a":2'])
    return data[:start] + draw(st.binary(max_size=4) | deep | literal) + data[end:]


_SOURCES = (_statements() | _texts()).map(lambda text: text[:100_000])
_LINES = st.lists(st.sampled_from(_PARTS), max_size=6)
_CELLS = st.lists(
    st.tuples(st.sampled_from(["code", "code", "code", "markdown", "raw"]), _SOURCES | _LINES),
    max_size=4,
)
READING = [
    Property("any .py file", _files() | _files() | st.binary(max_size=300), is_prepared_or_refused),
    Property(
        "any notebook file",
        _notebooks() | _damaged_notebooks() | st.binary(max_size=300),
        is_a_notebook_or_refused,
    ),
    Property("any cells", _CELLS, keeps_its_cells_and_lines),
]
