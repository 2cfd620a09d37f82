"""Where there are no numbers, none is expected."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pytest_deeprnn.checks.layers import carries_state
from pytest_deeprnn.checks.outcome import Blocked
from pytest_deeprnn.measurement.traces import Traces

TEXT = """import torch

def get_params(vocab_size, num_hiddens, device):
    sizes = [(vocab_size, num_hiddens), (num_hiddens, num_hiddens), (num_hiddens, vocab_size)]
    return [torch.randn(size, device=device, requires_grad=True) for size in sizes]

def init_state(batch_size, num_hiddens, device):
    return torch.zeros(batch_size, num_hiddens, device=device)

def forward(inputs, state, params):
    rows = []
    for x in inputs:
        state = torch.tanh(x @ params[0] + state @ params[1])
        state = (state - state.mean(0)) / state.std(0, correction=0).where(state.mean(0) > 9, 0)
        rows.append(state @ params[2])
    return torch.cat(rows), state
"""


@pytest.mark.filterwarnings("ignore")
def test_two_runs_without_numbers_do_not_part(traces: Callable[..., Traces]) -> None:
    assert carries_state(traces(TEXT)) == Blocked(("output-values",))
