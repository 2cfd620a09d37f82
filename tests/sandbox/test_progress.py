"""A bar of progress where tqdm is not installed."""

from __future__ import annotations

import ast
import types
from typing import Any

import pytest

from pytest_deeprnn.sandbox.host import tqdm_stub


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("from tqdm import tqdm", "tqdm([3, 4], desc='epoch', leave=False)"),
        ("from tqdm.auto import tqdm as bar, trange", "(3 + one for one in trange(2))"),
        ("import tqdm", "tqdm.tqdm(iter([3, 4]))"),
        ("import tqdm.notebook", "tqdm.notebook.tqdm([3, 4])"),
        ("import tqdm as t", "t.tqdm([3, 4])"),
    ],
)
def test_it_gives_what_it_is_given(text: str, steps: str) -> None:
    assert list(bound(text, steps)) == [3, 4]


def test_it_takes_what_is_told_it() -> None:
    bar = bound("from tqdm import tqdm", "tqdm(total=3)")
    with bar:
        bar.update(1)
        bar.set_description("loss")
        bar.set_postfix(loss=1.0)
    assert list(bar) == []


@pytest.mark.parametrize(
    "text", ["import tqdm2", "from rich import progress", "from . import tqdm"]
)
def test_other_imports_are_left_alone(text: str) -> None:
    module = types.ModuleType("student")
    assert not tqdm_stub.bind(statement(text), module)


def statement(text: str) -> Any:
    """An import as the host reads it."""
    return ast.parse(text).body[0]


def bound(text: str, expression: str) -> Any:
    """An expression after an import."""
    module = types.ModuleType("student")
    assert tqdm_stub.bind(statement(text), module)
    return eval(expression, module.__dict__)
