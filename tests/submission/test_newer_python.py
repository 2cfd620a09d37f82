"""A text that an older Python cannot read is told with the Python that grades."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pytest_deeprnn.submission import newer
from pytest_deeprnn.submission.source import Unreadable, read

Write = Callable[[str, str | bytes], Path]

GRADES = f"this is graded with Python {sys.version_info.major}.{sys.version_info.minor}"
#: From the texts of "What's new" and of the proposals: PEP 695, 701, 696, 758, 750, 798 and 810.
NEWER = [
    ("type Zustand = tuple[torch.Tensor, ...]", (3, 12), "a type statement"),
    ("type Paar[T] = tuple[T, T]", (3, 12), "a type statement"),
    ("type Params = (\n    list\n)", (3, 12), "a type statement"),
    ("def first[T](rows: list[T]) -> T:\n    return rows[0]", (3, 12), "type parameters"),
    ("class Stack[*Ts]:\n    pass", (3, 12), "type parameters"),
    ("async def f[**P](x): pass", (3, 12), "type parameters"),
    ("s = f'{d['a']} and {d['b']}'", (3, 12), "an f-string with its own quotes"),
    ('s = f"{", ".join(names)}" + f"{1}"', (3, 12), "an f-string with its own quotes"),
    ("s = f\"{'\\n'.join(names)}\"", (3, 12), "a backslash"),
    ("class Box[T = int]: pass", (3, 13), "a default of a type parameter"),
    ("try:\n    pass\nexcept ValueError, TypeError:\n    pass", (3, 14), "except without brackets"),
    ("s = t'{name}'", (3, 14), "a template string"),
    ("rows = [*row for row in table]", (3, 15), "unpacking in a comprehension"),
    ("lazy import torch", (3, 15), "a lazy import"),
]


@pytest.mark.parametrize(("text", "version", "name"), NEWER, ids=[text for text, _, _ in NEWER])
def test_a_newer_construct_is_told_with_its_version(
    write: Write, text: str, version: tuple[int, int], name: str
) -> None:
    if sys.version_info >= version:
        pytest.skip("this Python reads it")
    with pytest.raises(Unreadable) as caught:
        read(write("a.py", f"import os\n\n{text}\nx = 1\n"))
    error = caught.value
    assert error.newer
    assert name in error.message
    assert f"needs Python {version[0]}.{version[1]}, and {GRADES}" in error.message
    assert error.line == 3 + (2 if text.startswith("try") else 0)


@pytest.mark.parametrize(
    "text",
    [
        "def f(x:\n    return x",
        "x = f'{a'",
        "x = f'{}'",
        "x = f'{d['a'}'",
        "try:\n    pass\nexcept ValueError, e:\n    pass",  # Python 2's
        "print 'x'",
        "class [T]: pass",
        "type X",
        "x = (1,\n",
        "s = t{name}",
        "s = '" + "f'{" * 500,
    ],
)
def test_a_slip_is_none_of_these_and_told_with_the_python_that_grades(
    write: Write, text: str
) -> None:
    with pytest.raises(Unreadable) as caught:
        read(write("a.py", f"{text}\n"))
    assert not caught.value.newer
    assert "SyntaxError" in caught.value.message
    assert caught.value.message.endswith(f"({GRADES})")


def test_a_newer_construct_with_a_slip_in_its_line_stays_a_slip(write: Write) -> None:
    with pytest.raises(Unreadable) as caught:
        read(write("a.py", "type X = = int\n"))
    assert not caught.value.newer


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python reads it")
def test_a_newer_construct_is_told_before_a_slip_further_down(write: Write) -> None:
    with pytest.raises(Unreadable, match="a type statement needs") as caught:
        read(write("a.py", "type X = int\ndef f(:\n    pass\n"))
    assert caught.value.line == 1


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        (">>> import torch\n>>> x = 1\n", 1, "an interactive session"),
        ("In [1]: import torch\nIn [2]: x = 1\n", 1, "an interactive session"),
        ("x = 1\n<<<<<<< HEAD\ny = 1\n=======\ny = 2\n>>>>>>> theirs\n", 2, "git left the marks"),
        ("```python\nimport torch\n```\n", 1, "a mark of Markdown"),
    ],
)
def test_what_was_pasted_is_told(write: Write, text: str, line: int, told: str) -> None:
    with pytest.raises(Unreadable, match=told) as caught:
        read(write("a.py", text))
    assert caught.value.line == line


def test_a_cell_of_a_notebook_is_told_the_same_way(read_cells: Callable[..., object]) -> None:
    with pytest.raises(Unreadable) as caught:
        read_cells(">>> x = 1")
    assert (caught.value.line, caught.value.cell) == (1, 1)


def test_a_string_in_a_string_in_a_string_is_read_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = "f'{" * 130
    monkeypatch.setattr(newer, "_LONGEST", 400)
    with pytest.raises(SyntaxError) as caught:
        compile(deep, "a.py", "exec")
    assert not newer.explained(caught.value, deep).newer
