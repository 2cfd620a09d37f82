"""A module beside the main file runs as it is imported, but for work that nothing needs."""

from __future__ import annotations

import ast
from collections.abc import Callable

import pytest

from pytest_deeprnn.submission.prepare import Prepared

Prepare = Callable[..., Prepared]

NET = "def forward(inputs, state, params): return inputs, state\n"
MAIN = "import helper\nfrom helper import forward\n"


def left_out(found: Prepared) -> list[str]:
    """The first lines of the statements of the module that are not run."""
    (helper,) = (one for one in found.load.helpers if one.name == "helper")
    body = ast.parse(helper.text).body
    return [ast.unparse(body[place]).split("\n")[0] for place in helper.left_out]


@pytest.mark.parametrize(
    "work",
    [
        "train(forward)",
        "for epoch in range(500):\n    loss.backward()",
        "text = open('corpus.txt').read()",
        "losses = fit(forward)",
        "with open('corpus.txt') as file:\n    text = file.read()",
        "print(forward)",
        "while True:\n    step = evaluate(forward)",
        "params = make(28, 256, 'cuda')",
    ],
)
def test_work_that_nothing_needs_is_left_out(prepared: Prepare, work: str) -> None:
    found = prepared(MAIN, beside={"helper.py": f"{NET}{work}\n"})
    assert left_out(found) == [work.split("\n")[0]]


@pytest.mark.parametrize(
    "statement",
    [
        "'''Docstring.'''",
        "from torch import *",
        "__all__ = ['forward'] + list()",
        "import sys\nsys.path.append('src')",
        "torch.manual_seed(1)",
        "TABLE = {}\nfor n in range(3):\n    TABLE[n] = n",
        "if True:\n    SIZE = 3",
        "try:\n    import einops\nexcept ImportError:\n    einops = None",
        "class Cell:\n    pass",
        "Cell = type('Cell', (), {})\ndef cell(): return Cell()",
        "TEXT = open('corpus.txt').read()\ndef vocabulary(): return set(TEXT)",
        "WIDTH = int('256')",  # the main file below mentions it
    ],
)
def test_what_is_needed_or_does_no_harm_is_run(prepared: Prepare, statement: str) -> None:
    main = f"{MAIN}size = helper.WIDTH\n"
    found = prepared(main, beside={"helper.py": f"{statement}\n{NET}"})
    assert left_out(found) == []


def test_what_another_module_takes_is_run(prepared: Prepare) -> None:
    beside = {
        "helper.py": f"from more import CHARS\n{NET}",
        "more.py": "CHARS = open('c').read()\n",
    }
    found = prepared(MAIN, beside=beside)
    assert [one.left_out for one in found.load.helpers] == [(), ()]


def test_what_stands_under_the_guard_is_no_matter(prepared: Prepare) -> None:
    text = f"{NET}if __name__ == '__main__':\n    x = 1\n    train(x)\n"
    assert left_out(prepared(MAIN, beside={"helper.py": text})) == []


def test_very_large_modules_are_run_whole(prepared: Prepare) -> None:
    text = f"{NET}train(forward)\n" + "# a comment\n" * 20_000
    assert left_out(prepared(MAIN, beside={"helper.py": text})) == []
