"""A file with an RNN, a GRU and an LSTM of its own is graded under each exercise."""

from __future__ import annotations

from commands import Deeprnn

ANSWERS = """
import torch

def make(shape, device):
    return (torch.randn(shape, device=device) * 0.01).requires_grad_()

def get_rnn_params(vocab_size, num_hiddens, device):
    V, H = vocab_size, num_hiddens
    return [make(s, device) for s in ((V, H), (H, H), (H,), (H, V), (V,))]

def init_rnn_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),)

def rnn(inputs, state, params):
    W, U, b, Q, q = params
    (H,) = state
    out = []
    for X in inputs:
        H = torch.tanh(X @ W + H @ U + b)
        out.append(H @ Q + q)
    return torch.cat(out), (H,)

def get_gru_params(vocab_size, num_hiddens, device):
    V, H = vocab_size, num_hiddens
    three = [make(s, device) for _ in range(3) for s in ((V, H), (H, H), (H,))]
    return three + [make((H, V), device), make((V,), device)]

def init_gru_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),)

def gru(inputs, state, params):
    Wz, Uz, bz, Wr, Ur, br, Wh, Uh, bh, Q, q = params
    (H,) = state
    out = []
    for X in inputs:
        Z = torch.sigmoid(X @ Wz + H @ Uz + bz)
        R = torch.sigmoid(X @ Wr + H @ Ur + br)
        G = torch.tanh(X @ Wh + (R * H) @ Uh + bh)
        H = Z * H + (1 - Z) * UPDATE
        out.append(H @ Q + q)
    return torch.cat(out), (H,)
"""


def test_each_answer_has_its_report(practice: Deeprnn) -> None:
    practice.file("both.py", ANSWERS.replace("UPDATE", "H"))
    ended = practice.run("--deeprnn-submission=both.py")
    assert {"both.rnn.json", "both.rnn.html", "both.gru.json", "both.gru.html"} <= ended.files
    assert "both.json" not in ended.files
    assert ended.report("both.rnn").verdict == "pass"
    assert ended.report("both.gru").verdict == "fail"
    assert ended.report("both.rnn").submission.id == "both"


def test_a_named_exercise_grades_its_own_answer_only(practice: Deeprnn) -> None:
    practice.file("both.py", ANSWERS.replace("UPDATE", "G"))
    ended = practice.run("--deeprnn-submission=both.py", "--deeprnn-exercise=gru")
    assert ended.report("both").verdict == "pass"
    assert [one.name for one in ended.report("both").functions] == [
        "get_gru_params",
        "init_gru_state",
        "gru",
    ]
