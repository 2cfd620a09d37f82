"""What only calculates, told from the text of what would run."""

from __future__ import annotations

import ast

import pytest

from pytest_deeprnn.submission.harmless import is_harmless


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def zeros(n): return torch.zeros(n)", True),  # torch's, not itself
        ("def zeros(n): return [] if n == 0 else [n, *zeros(n - 1)]", True),
        ("def a(n): return b(n)\ndef b(n): return a(n - 1)", True),
        ("def a(n): return b(n)\ndef b(n): return print(n)", False),
        ("def a(n):\n    loss.backward()", False),
        ("def a(n): return train(n)", False),
        ("def a(n): return train(n)\ndef train(n): return n", True),
        ("class A:\n    def __init__(self): open('a')\ndef a(n): return A()", False),
        ("def a(n): return {'b': lambda: print(n)}", True),  # nobody calls it yet
        ("".join(f"def f{i}(n): return f{i + 1}(n)\n" for i in range(9)), False),  # too deep
    ],
)
def test_what_a_call_would_do_is_told(text: str, expected: bool) -> None:
    known = {
        node.name: node
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    first = next(one for one in known.values() if isinstance(one, ast.FunctionDef))
    assert all(is_harmless(step, known) for step in first.body) is expected
