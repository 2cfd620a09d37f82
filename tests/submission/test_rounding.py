"""Which texts run under the mode that makes float64 of float32."""

from __future__ import annotations

import ast

import pytest

from pytest_deeprnn.submission.float_usage import may_round


@pytest.mark.parametrize(
    "text",
    [
        "x = torch.zeros(2, dtype=torch.float32)",
        "def forward(inputs, state, params):\n    return inputs.float(), state",
        "x = y.type('torch.FloatTensor')",
        "from torch import float32 as kind",
        "def f():\n    exec('x = x.float()')",
        "x = getattr(y, 'float')()",
    ],
)
def test_what_may_ask_for_it(text: str) -> None:
    assert may_round(ast.parse(text).body)


@pytest.mark.parametrize(
    "text",
    [
        '"""one-hot floats (T, B, V)"""',
        'def forward(inputs):\n    """inputs: floats."""\n    return inputs  # float',
        "x = torch.zeros(2, dtype=torch.double)",
    ],
)
def test_what_only_speaks_of_it(text: str) -> None:
    assert not may_round(ast.parse(text).body)
