"""A report speaks of gates and tensors as the learner does."""

from __future__ import annotations

import pytest
from graded_text import Grade

GRU = """
import torch

def get_params(vocab_size, num_hiddens, device):
    shapes = [(vocab_size, num_hiddens), (num_hiddens, num_hiddens), (num_hiddens,)] * 3
    shapes += [(num_hiddens, vocab_size), (vocab_size,)]
    return [torch.normal(0, 0.01, s, device=device, requires_grad=True) for s in shapes]

def init_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),)

def forward(inputs, state, params):
    A1, B1, c1, A2, B2, c2, An, Bn, cn, Wq, bq = params
    h, = state
    rows = []
    for x in inputs:
        FIRST = torch.sigmoid(x @ A1 + h @ B1 + c1)
        SECOND = torch.sigmoid(x @ A2 + h @ B2 + c2)
        n = torch.tanh(x @ An + (RESET * h) @ Bn + cn)
        h = FIRST * h + (1 - FIRST) * n
        rows.append(h @ Wq + bq)
    return torch.cat(rows), (h,)
"""


def _written(first: str, second: str, reset: str) -> str:
    return GRU.replace("FIRST", first).replace("SECOND", second).replace("RESET", reset)


@pytest.mark.parametrize(
    ("first", "second", "gate", "source"),
    [
        ("z", "r", "reset", "n = torch.tanh(x @ An + (z * h) @ Bn + cn)"),
        ("update_gate", "other", "reset", "n = torch.tanh(x @ An + (update_gate * h) @ Bn + cn)"),
        ("r", "z", "update", "h = r * h + (1 - r) * n"),
        ("reset", "keep", "update", "h = reset * h + (1 - reset) * n"),
    ],
)
def test_one_gate_in_both_places_is_told_by_its_name(
    grade: Grade, first: str, second: str, gate: str, source: str
) -> None:
    """By the numbers alone either gate may be the one that is not used."""
    report = grade(_written(first, second, first), "gru")
    found = report.diagnoses[0]
    assert (found.code, found.gate, found.confidence) == ("gate-swapped", gate, "exact")
    assert found.source is not None
    assert found.source.strip() == source
    assert f"your {first} is the" in found.message


def test_right_whatever_the_gates_are_called(grade: Grade) -> None:
    assert grade(_written("r", "z", "z"), "gru").verdict == "pass"


def test_a_borrowed_weight_has_its_own_name_and_its_owner(grade: Grade) -> None:
    text = _written("z", "r", "r").replace("x @ A2", "x @ A1")
    found = grade(text, "gru").diagnoses[0]
    assert found.code == "wrong-weight"
    assert "The reset gate of layer 1 takes A1 (params[0]) as its W_xr" in found.message
    assert "W_xz of the update gate" in found.message
