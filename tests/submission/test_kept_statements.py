"""What of a file is run: what the three functions need, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pytest_deeprnn.submission.prepare import Prepared
from pytest_deeprnn.submission.source import Unreadable

KeptLines = Callable[..., list[str]]
Prepare = Callable[..., Prepared]

#: The three functions; the last one needs what a test puts into NEED.
THREE = """
def get_params(vocab_size, num_hiddens, device): return []
def init_state(batch_size, num_hiddens, device): return ()
def forward(inputs, state, params): return NEED, state
"""
HEADS = [line for line in THREE.splitlines() if line and not line.startswith("def forward")]


def three(need: str = "0") -> str:
    return THREE.replace("NEED", need)


def besides(lines: list[str]) -> list[str]:
    """The kept lines without the three functions."""
    return [line for line in lines if line not in HEADS and not line.startswith("def forward")]


@pytest.mark.parametrize(
    ("before", "need", "kept"),
    [
        ("import torch", "torch.ones(1)", ["import torch"]),
        ("import torch.nn.functional as F", "F.relu", ["import torch.nn.functional as F"]),
        ("import torch.nn.functional", "torch", ["import torch.nn.functional"]),
        ("from math import exp as e, log", "log(1)", ["from math import exp as e, log"]),
        ("import torch", "0", []),
        ("A = 1\nB = A + 1\nC = B + 1\nD = 4", "C", ["A = 1", "B = A + 1", "C = B + 1"]),
        ("A, (B, *C) = 1, (2, 3)", "C", ["A, (B, *C) = 1, (2, 3)"]),
        ("A: int = 3", "A", ["A: int = 3"]),
        ("A = 1\nA += 1", "A", ["A = 1", "A += 1"]),
        ("(A := 5)", "A", ["(A := 5)"]),
        ("for A in range(3): pass", "A", ["for A in range(3): pass"]),
        ("def one(): return two()\ndef two(): return 2", "one()", ["def one", "def two"]),
        ("class A: pass\nclass B(A): pass", "B()", ["class A: pass", "class B(A): pass"]),
        ("K = 3\nclass A:\n    k = K", "A.k", ["K = 3", "class A:"]),
        ("K = 3\ndef f(x=K): return x", "f()", ["K = 3", "def f(x=K)"]),
        ("K = 3\nf = lambda: [K for _ in 'a']", "f()", ["K = 3", "f = lambda"]),
        ("try:\n    import a\nexcept ImportError:\n    a = 1", "a", ["try:"]),
        ("if 1 > 0:\n    A = 1", "A", ["if 1 > 0:"]),
        ("with open('x') as A: pass", "0", []),
    ],
)
def test_what_is_needed_is_kept_transitively(
    kept_lines: KeptLines, before: str, need: str, kept: list[str]
) -> None:
    found = besides(kept_lines(f"{before}\n{three(need)}"))
    assert len(found) == len(kept)
    assert all(line.startswith(start) for line, start in zip(found, kept, strict=True))


@pytest.mark.parametrize(
    "training",
    [
        "print('training')",
        "from d2l import torch as d2l",
        "net = get_params(28, 256, 'cuda')",
        "train_iter, vocab = load_data(32, 35)",
        "for epoch in range(500): train()",
        "while True: pass",
        "raise SystemExit",
        "assert False",
        "'''words'''",
        "exit()",
        "with open('data.txt') as f: text = f.read()",
        "def train(net): return net",
        "if __name__ != '__main__': forward(1, 2, 3)",
        "params[0] = 1",
        "del forward",
    ],
)
def test_training_code_is_not_run(kept_lines: KeptLines, training: str) -> None:
    assert besides(kept_lines(f"{three()}\n{training}\n")) == []


def test_a_star_import_is_always_kept(kept_lines: KeptLines) -> None:
    star = "from torch import *"
    assert besides(kept_lines(f"{star}\nimport os\n{three('zeros(1)')}")) == [star]


def test_a_future_import_is_always_kept(kept_lines: KeptLines) -> None:
    future = "from __future__ import annotations"
    assert besides(kept_lines(f"{future}\n{three()}")) == [future]


@pytest.mark.parametrize(
    "guard",
    [
        "if __name__ == '__main__':",
        'if "__main__" == __name__:',
    ],
)
def test_code_under_the_guard_is_left_where_the_functions_are_above(
    kept_lines: KeptLines, guard: str
) -> None:
    text = f"{three()}\n{guard}\n    import os\n    forward(1, 2, 3)\n"
    assert besides(kept_lines(text)) == []


def test_functions_under_the_guard_are_found_with_what_they_need(prepared: Prepare) -> None:
    inside = "K = 3\n" + three("K").strip() + "\nforward(1, 2, 3)"
    text = "import os\nif __name__ == '__main__':\n" + "\n".join(
        f"    {line}" for line in inside.splitlines()
    )
    found = prepared(text)
    assert found.contract.missing() == ()
    assert found.load.units[0].run == ((1, 0), (1, 1), (1, 2), (1, 3))


def test_a_decorator_is_needed(kept_lines: KeptLines) -> None:
    text = "import torch\nimport os\n" + three().replace(
        "def forward", "@torch.no_grad()\ndef forward"
    )
    assert besides(kept_lines(text)) == ["import torch"]


def test_both_definitions_of_a_name_are_run_in_their_order(kept_lines: KeptLines) -> None:
    again = "def init_state(b, h, dev): return 2"
    assert kept_lines(f"{three()}\n{again}")[-1] == again
    assert len(kept_lines(f"{three()}\n{again}")) == 4


@pytest.mark.parametrize(
    "change", ["SIZES['h'] = 3", "SIZES['a']['b'] += 3", "SIZES.h, x = 3, 4", "SIZES.update(h=3)"]
)
def test_what_fills_a_needed_container_is_kept(kept_lines: KeptLines, change: str) -> None:
    assert besides(kept_lines(f"SIZES = {{}}\n{change}\n{three('SIZES')}")) == [
        "SIZES = {}",
        change,
    ]


@pytest.mark.parametrize(
    "change", ["SIZES.clear()", "OTHER['h'] = 3", "OTHER.append(3)", "made.update(3)", "update(3)"]
)
def test_what_changes_anything_else_is_left(kept_lines: KeptLines, change: str) -> None:
    text = f"SIZES = {{}}\nOTHER = []\nmade = make()\n{change}\n{three('SIZES, made')}"
    assert besides(kept_lines(text)) == ["SIZES = {}", "made = make()"]


@pytest.mark.parametrize(
    ("text", "line"), [("x = 1\nreturn x\n", 2), ("\n\nbreak\n", 3), ("await x\n", 1)]
)
def test_what_python_does_not_compile_is_unreadable(
    prepared: Prepare, text: str, line: int
) -> None:
    with pytest.raises(Unreadable, match="SyntaxError") as caught:
        prepared(text)
    assert caught.value.line == line


def test_whether_float_is_spoken_of_decides_on_double_precision(prepared: Prepare) -> None:
    assert prepared(three("inputs.float()")).load.double
    assert not prepared(three("inputs")).load.double
