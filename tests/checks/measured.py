"""Traces of a short submission, from which checks read."""

from __future__ import annotations

from pathlib import Path

from pytest_deeprnn.checks.outcome import Failed, Outcome, Passed
from pytest_deeprnn.core.exercise import load
from pytest_deeprnn.core.finding import Finding
from pytest_deeprnn.measurement.calls.runner import SubmissionRunner
from pytest_deeprnn.measurement.cases.drawn import Case, draw
from pytest_deeprnn.measurement.traces import Traces
from pytest_deeprnn.sandbox.in_process import LocalSpawner
from pytest_deeprnn.submission.discover import discover
from pytest_deeprnn.submission.prepare import prepare

FILE = "student.py"
#: V, H, B, T: different ones, equal ones, and one of each.
CASES = [
    Case(vocab=v, hiddens=h, layers=1, batch=b, steps=t, dtype="float64", device="cpu", seed=v * t)
    for v, h, b, t in [(5, 3, 2, 3), (4, 6, 5, 4), (3, 3, 1, 1), (1, 2, 3, 2), (2, 4, 1, 5)]
]

#: One layer. A test replaces a place, most often what a step computes.
RNN = """
import torch

def normal(*shape, device):
    return (torch.randn(shape, device=device) * 0.01).requires_grad_()

def get_params(vocab_size, num_hiddens, device):
    V, H = vocab_size, num_hiddens
    W_xh, W_hh = normal(V, H, device=device), normal(H, H, device=device)
    W_hq, b_q = normal(H, V, device=device), torch.zeros(V, device=device)
    return [W_xh, W_hh, torch.zeros(H, device=device), W_hq, b_q]

def init_state(batch_size, num_hiddens, device):
    return [torch.zeros(batch_size, num_hiddens, device=device)]

def forward(inputs, state, params):
    W_xh, W_hh, b_h, W_hq, b_q = params
    H, = state
    outputs = []
    for X in inputs:
        H = torch.tanh(X @ W_xh + H @ W_hh + b_h)
        outputs.append(H @ W_hq + b_q)
    return torch.cat(outputs), [H]
"""
STEP = "H = torch.tanh(X @ W_xh + H @ W_hh + b_h)"


#: Any number of layers; a test says when a step does something else.
DEEP = """
import torch

def get_params(vocab_size, num_hiddens, num_layers, device):
    V, H = vocab_size, num_hiddens
    belows = [V] + [H] * (num_layers - 1)
    each = [[torch.randn(n, H, device=device), torch.randn(H, H, device=device)] for n in belows]
    return each, torch.randn(H, V, device=device)

def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers)]

def forward(inputs, state, params):
    outputs, Hs = [], list(state)
    for X in inputs:
        for layer, (W, U) in enumerate(params[0]):
            H = Hs[layer]
            if ONLY:
                OTHER
            else:
                X = torch.tanh(X @ W + H @ U)
            Hs[layer] = X
        outputs.append(X @ params[1])
    return torch.cat(outputs), Hs
"""
#: When a fault may show, in some cases of every run.
SOMETIMES = ["layer > 0", "len(inputs) > 1", "len(inputs) == 1", "len(X) > 1", "len(X) == 1"]


def deep(only: str, other: str) -> str:
    """The deep text with another step under a condition."""
    return DEEP.replace("ONLY", only).replace("OTHER", other)


def with_step(step: str) -> str:
    """The text with another step; it may hold several lines."""
    assert STEP in RNN
    return RNN.replace(STEP, step.replace("\n", "\n        "))


def replaced(old: str, new: str) -> str:
    """The text with another place."""
    assert old in RNN
    return RNN.replace(old, new)


def line_of(text: str, part: str) -> int:
    """The line on which a part stands, from 1."""
    return 1 + next(number for number, line in enumerate(text.splitlines()) if part in line)


def traces_of(folder: Path, text: str, exercise: str = "rnn", drawn: bool = False) -> Traces:
    """What is measured of a text in this process, with these cases or with those of a run."""
    path = folder / FILE
    path.write_text(text)
    asked = load(exercise)
    prepared = prepare(discover([str(path)])[0], frozenset(asked.network.cells))
    student = SubmissionRunner(LocalSpawner(), prepared.load, prepared.contract, prepared.constants)
    cases = draw(asked, "quick", 0, ("cpu",)) if drawn else CASES
    return Traces(prepared, student, asked, cases)


def failure(outcome: Outcome) -> tuple[Failed, Finding]:
    """A failure with its one finding."""
    assert isinstance(outcome, Failed), outcome
    (finding,) = outcome.findings
    return outcome, finding


def note(outcome: Outcome) -> str:
    """What a check that passed says."""
    assert isinstance(outcome, Passed), outcome
    return str(outcome.note)
