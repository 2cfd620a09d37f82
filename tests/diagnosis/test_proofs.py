"""A diagnosis is exact only where the mutated network gives the student's numbers in all cases."""

from __future__ import annotations

import pytest
from graded_text import Grade

NETWORK = """
import torch

def get_params(vocab_size, num_hiddens, device):
    V, H = vocab_size, num_hiddens
    shapes = [(V, H), (H, H), (H,), (H, H), (H, H), (H,), (H, V), (V,)]
    return [torch.normal(0, 0.01, shape, device=device, requires_grad=True) for shape in shapes]

def init_state(batch_size, num_hiddens, device):
    return tuple(torch.zeros(batch_size, num_hiddens, device=device) for _ in range(2))

def forward(inputs, state, params):
    W1, U1, b1, W2, U2, b2, Q, q = params
    H1, H2 = state
    rows = []
    for X in inputs:
        below = H1
        H1 = torch.tanh(X @ W1 + H1 @ U1 + b1)
        read = READ
        H2 = torch.tanh(read @ W2 + H2 @ U2 + b2)
        rows.append(H2 @ Q + q)
    return torch.cat(rows), (H1, H2)
"""


def test_what_fits_every_case_is_exact(grade: Grade) -> None:
    first = grade(NETWORK.replace("READ", "below"), "deep-rnn").diagnoses[0]
    assert (first.code, first.layer, first.confidence) == ("stale-layer-input", 2, "exact")
    assert first.source is not None
    assert first.source.strip() in ("below = H1", "read = below")


@pytest.mark.parametrize("larger", ["len(inputs) > 1", "X.shape[0] > 1", "X.shape[1] > 6"])
def test_what_fits_small_cases_only_is_no_proof(grade: Grade, larger: str) -> None:
    """One step of one sequence shows an old input; longer, wider or larger calls refute it."""
    text = NETWORK.replace("READ", f"(2 * H1 if {larger} else below)")
    first = grade(text, "deep-rnn").diagnoses[0]
    assert first.confidence == "evidence"
