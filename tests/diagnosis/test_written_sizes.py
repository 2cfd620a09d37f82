"""Where calls fail, the size that is written into the text is found by trying it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_deeprnn.checks.evidence.fixed_sizes import written_size
from pytest_deeprnn.core.exercise import load
from pytest_deeprnn.core.finding import Finding
from pytest_deeprnn.measurement.calls.runner import SubmissionRunner
from pytest_deeprnn.measurement.traces import Traces
from pytest_deeprnn.sandbox.in_process import LocalSpawner
from pytest_deeprnn.submission.discover import discover
from pytest_deeprnn.submission.prepare import prepare

RNN = """import torch

def get_params(vocab_size, num_hiddens, device):
    W_xh, W_hh = torch.randn(vocab_size, num_hiddens), torch.randn(num_hiddens, num_hiddens)
    return [W_xh, W_hh, torch.randn(num_hiddens, vocab_size)]

def init_state(batch_size, num_hiddens, device):
    return torch.zeros(batch_size, num_hiddens)

def forward(inputs, state, params):
    outputs = []
    for X in inputs:
        state = torch.tanh(X @ params[0] + state @ params[1])
        outputs.append(state @ params[2])
    return torch.cat(outputs), state
"""


def found(folder: Path, old: str, new: str) -> Finding | None:
    """What is found in the text with one place changed."""
    assert old in RNN
    path = folder / "student.py"
    path.write_text(RNN.replace(old, new))
    exercise = load("rnn")
    prepared = prepare(discover([str(path)])[0], frozenset({"rnn"}))
    student = SubmissionRunner(LocalSpawner(), prepared.load, prepared.contract, prepared.constants)
    try:
        return written_size(Traces(prepared, student, exercise, []))
    finally:
        student.close()


@pytest.mark.parametrize(
    ("old", "new", "told", "line"),
    [
        ("torch.randn(vocab_size, num", "torch.randn(28, num", "V = 28", 4),
        ("torch.randn(num_hiddens, num_hiddens)", "torch.randn(256, 256)", "H = 256", 4),
        ("torch.zeros(batch_size", "torch.zeros(32", "B = 32", 8),
        ("for X in inputs:", "for X in inputs.view(35, -1, 5):", "T = 35", 12),
        ("outputs = []", "outputs = []\n    inputs[7 - 1], inputs[7:].view(0, 1)", "T = 7", 12),
        ("outputs = []", "outputs = []\n    assert state.shape[1] == 16", "H = 16", 12),
        ("import torch", "import torch\nSIZE = 64", None, 0),
        ("torch.randn(vocab_size, num", "torch.randn(vocab_size + 1, num", None, 0),
        ("state = torch", "state = 1 / 0 + torch", None, 0),
    ],
)
def test_a_number_in_the_text_that_makes_calls_work_is_told(
    tmp_path: Path, old: str, new: str, told: str | None, line: int
) -> None:
    finding = found(tmp_path, old, new)
    if told is None:
        assert finding is None or finding.code != "hardcoded-shape"
        return
    assert finding is not None
    assert (finding.code, finding.place.line) == ("hardcoded-shape", line)
    assert f"work together with {told} only" in finding.detail


def test_a_weight_that_is_turned_round_works_with_equal_sizes(tmp_path: Path) -> None:
    finding = found(
        tmp_path, "torch.randn(num_hiddens, vocab_size)", "torch.randn(vocab_size, num_hiddens)"
    )
    assert finding is not None
    assert (finding.code, finding.function) == ("params-shape", "get_params")
    assert "V = H only" in finding.detail
