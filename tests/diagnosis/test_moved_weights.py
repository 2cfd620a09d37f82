"""The line of weights is where their numbers were made, not where they were moved."""

from __future__ import annotations

import pytest
from graded_text import Grade
from one_layer import line_of

TEXT = """import torch
from torch import nn


class Schicht(nn.Module):
    def __init__(self, breite, tiefe):
        super().__init__()
        self.ein = nn.Parameter(torch.ones(breite, tiefe) / 50)
        self.rueck = nn.Parameter(torch.randn(tiefe, tiefe) * 0.01)
        self.b = nn.Parameter(torch.zeros(tiefe))
        self.aus = nn.Parameter(torch.randn(tiefe, breite) * 0.01)
        self.rest = nn.Parameter(torch.zeros(breite))


def get_params(vocab_size, num_hiddens, device):
    netz = Schicht(vocab_size, num_hiddens)
    MOVED
    return netz


def init_state(batch_size, num_hiddens, device):
    return torch.zeros(batch_size, num_hiddens, device=device)


def forward(inputs, state, params):
    rows = []
    for x in inputs:
        state = torch.tanh(x @ params.ein + state @ params.rueck + params.b)
        rows.append(state @ params.aus + params.rest)
    return torch.cat(rows), state
"""


@pytest.mark.parametrize(
    ("moved", "line"),
    [
        ("netz = netz.to(device)", "torch.ones("),
        ("netz.ein.data = netz.ein.data.to(device).contiguous()", "torch.ones("),
        ("netz.to(device).ein.data = torch.full_like(netz.ein, 0.1)", "full_like"),
    ],
)
def test_equal_weights_are_told_where_they_are_made(grade: Grade, moved: str, line: str) -> None:
    text = TEXT.replace("MOVED", moved)
    told = grade(text, "rnn").diagnoses[0]
    assert (told.code, told.line) == ("init-constant", line_of(text, line))
