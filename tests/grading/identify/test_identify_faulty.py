"""The exercise of a faulty network is known by its layers, its counts and its names."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_deeprnn.grading.identify.identify import Identified, identify
from pytest_deeprnn.grading.identify.parameter_counts import Counts, distance, expected
from pytest_deeprnn.measurement.alignment.cells import Cell
from pytest_deeprnn.sandbox.in_process import LocalSpawner
from pytest_deeprnn.submission.discover import discover

LABELLED = Path(__file__).parents[2] / "submissions"

TWO_LSTM = """
import torch

def get_lstm_params(vocab_size, num_hiddens, device):
    V, H = vocab_size, num_hiddens
    shapes = [s for I in (V, H) for _ in range(4) for s in ((I, H), (H, H), (H,))]
    return [torch.randn(s).requires_grad_() for s in [*shapes, (H, V), (V,)]]

def init_lstm_state(batch_size, num_hiddens, device):
    return tuple(torch.zeros(batch_size, num_hiddens) for _ in range(4))

def cell(X, H, C, p):
    I, F, O = (torch.sigmoid(X @ p[k] + H @ p[k + 1] + p[k + 2]) for k in (0, 3, 6))
    C = F * C + I * torch.tanh(X @ p[9] + H @ p[10] + p[11])
    return O * torch.tanh(C), C

def lstm(inputs, state, params):
    H1, C1, H2, C2 = state
    outputs = []
    for X in inputs:
        H1, C1 = cell(X, H1, C1, params[:12])
        H2, C2 = cell(H1, H2, C1, params[12:24])
        outputs.append(H2 @ params[24] + params[25])
    return torch.cat(outputs), (H1, C1, H2, C2)
"""
LAYERED_GRU = """
import torch

def get_params(vocab_size, num_hiddens, num_layers, device):
    P, I, H = {}, vocab_size, num_hiddens
    for l in range(num_layers):
        for g in "rzh":
            P[f"W{g}{l}"], P[f"U{g}{l}"] = torch.randn(I, H), torch.randn(H, H)
            P[f"b{g}{l}"] = torch.zeros(H)
        I = H
    P["Q"], P["q"] = torch.randn(H, vocab_size), torch.zeros(vocab_size)
    return {name: p.requires_grad_() for name, p in P.items()}

def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens) for _ in range(num_layers)]

def forward(inputs, state, params):
    P, H, outputs = params, list(state), []
    for x in inputs:
        for l, h in enumerate(H):
            a = [x @ P[f"W{g}{l}"] + h @ P[f"U{g}{l}"] + P[f"b{g}{l}"] for g in "rz"]
            r, z = map(torch.sigmoid, a)
            n = torch.tanh(x @ P[f"Wh{l}"] + (GATE * h) @ P[f"Uh{l}"] + P[f"bh{l}"])
            x = H[l] = z * h + (1 - z) * n
        outputs.append(x @ P["Q"] + P["q"])
    return torch.cat(outputs), H
"""


def identified(path: Path) -> Identified:
    (found,) = identify(discover([str(path)])[0], LocalSpawner())
    return found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (TWO_LSTM, "deep-lstm"),
        (TWO_LSTM.replace("outputs = []", "outputs = 1 / 0"), "deep-lstm"),
        (TWO_LSTM.replace("range(4))", "range(2))"), "deep-lstm"),
        (LAYERED_GRU.replace("GATE", "z"), "deep-gru"),
        (LAYERED_GRU.replace("GATE", "1 / 0"), "deep-gru"),
        (LAYERED_GRU.replace("GATE", "r").replace("enumerate(H)", "enumerate(H[:1])"), "deep-gru"),
    ],
    ids=["borrowed memory", "raises", "one state for all", "other gate", "raises too", "one layer"],
)
def test_a_faulty_network_is_known_by_what_it_is_made_of(
    tmp_path: Path, text: str, name: str
) -> None:
    path = tmp_path / "student.py"
    path.write_text(text)
    assert identified(path).exercise.name == name


@pytest.mark.parametrize(
    ("name", "expected", "reason"),
    [
        (
            "matrix/dgru_state_512.py",
            "deep-gru",
            "it has as many parameters as GRU, GRU, GRU",
        ),
        (
            "matrix/dlstm_coupled_above.py",
            "deep-lstm",
            "its parameters and state units, by their number, come closest to LSTM, LSTM",
        ),
        (
            "cells/gru_plain_update.py",
            "gru",
            "the functions are named get_params, init_gru_state, gru",
        ),
        (
            "widths/dwid_relu_layers.py",
            "deep-rnn-widths",
            "num_hiddens is a list, one width a layer",
        ),
        (
            "wiring/rnn_open_bracket.py",
            "rnn",
            "the file could not be read, but speaks of RNN most often",
        ),
    ],
)
def test_how_a_faulty_one_was_known_is_told(name: str, expected: str, reason: str) -> None:
    found = identified(LABELLED / name)
    assert (found.exercise.name, found.reason) == (expected, reason)


def test_a_list_of_widths_is_known_where_a_number_may_be_given_too() -> None:
    found = identified(LABELLED / "widths/deep_widths_int_too.py")
    assert found.exercise.name == "deep-rnn-widths"


@pytest.mark.parametrize("cells", [["rnn"], ["gru", "rnn"], ["lstm", "lstm"]])
def test_two_biases_a_gate_are_as_good_as_one(cells: list[Cell]) -> None:
    needed = expected(cells)
    two = Counts(needed.inputs, needed.squares, 2 * (needed.units or 0), needed.states)
    assert distance(needed, cells) == distance(two, cells) == 0
    assert distance(needed, ["gru"]) > 0
