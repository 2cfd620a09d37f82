"""The smallest example: its numbers are worked out here by hand, with one unit and math alone."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from msgspec.structs import replace

from pytest_deeprnn.core.exercise import Exercise, load
from pytest_deeprnn.core.report import Report, Worked, WorkedRow
from pytest_deeprnn.core.settings import Settings
from pytest_deeprnn.grading.grader import DirectGrader
from pytest_deeprnn.sandbox.in_process import LocalSpawner
from pytest_deeprnn.submission.discover import discover

RNN = """
import torch

def get_params(vocab_size, num_hiddens, device):
    V, H = vocab_size, num_hiddens
    shapes = {"W_in": (V, H), "rec": (H, H), "b": (H,), "out": (H, V), "b_out": (V,)}
    return {
        name: torch.normal(0, 0.01, shape, device=device, requires_grad=True)
        for name, shape in shapes.items()
    }

def init_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),)

def forward(inputs, state, params):
    (H,), p, rows, states = state, params, [], []
    for X in inputs:
        A = X @ p["W_in"] + H @ p["rec"] + p["b"]
        H = torch.tanh(A)
        rows.append(H @ p["out"] + p["b_out"])
        states.append(H)
    return torch.cat(rows), (H,)
"""

GRU = """
import torch

def get_params(vocab_size, num_hiddens, device):
    V, H = vocab_size, num_hiddens
    shapes = []
    for I in (V, H):
        shapes += 3 * [(I, H), (H, H), (H,)]
    return [
        torch.normal(0, 0.01, shape, device=device, requires_grad=True)
        for shape in (*shapes, (H, V), (V,))
    ]

def init_state(batch_size, num_hiddens, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(2)]

def forward(inputs, state, params):
    H1, H2 = state
    W, rows = params, []
    for X in inputs:
        R = torch.sigmoid(X @ W[0] + H1 @ W[1] + W[2])
        Z = torch.sigmoid(X @ W[3] + H1 @ W[4] + W[5])
        H1 = Z * H1 + (1 - Z) * torch.tanh(X @ W[6] + (R * H1) @ W[7] + W[8])
        R = torch.sigmoid(H1 @ W[9] + H2 @ W[10] + W[11])
        Z = torch.sigmoid(H1 @ W[12] + H2 @ W[13] + W[14])
        H2 = Z * H2 + (1 - Z) * torch.tanh(H1 @ W[15] + (R * H2) @ W[16] + W[17])
        rows.append(H2 @ W[18] + W[19])
    return torch.cat(rows), [H1, H2]
"""


def graded(text: str, exercise: Exercise, folder: Path) -> Report:
    path = folder / "student.py"
    path.write_text(text, encoding="utf-8")
    grader = DirectGrader(Settings(profile="quick"), LocalSpawner())
    (opened,) = grader.open(discover([str(path)])[0], exercise)
    for check in opened.checks:
        grader.check(opened.key, check)
    return grader.report(opened.key)


def example(text: str, exercise: str, folder: Path) -> Worked:
    worked = graded(text, load(exercise), folder).worked
    assert worked is not None
    return worked


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new)


def sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-value))


class ByHand:
    """One unit a layer, one sequence: every weight is a number, an input picks one of two."""

    def __init__(self, worked: Worked) -> None:
        assert worked.sizes["H"] == worked.sizes["B"] == 1
        self.worked = worked
        self.numbers = {(one.layer, one.name): one.values for one in worked.weights}
        self.state = {one.layer: one.values[0][0] for one in worked.state}

    def weight(self, layer: int, name: str) -> float:
        return self.numbers[layer, name][0][0]

    def picked(self, step: int, name: str) -> float:
        return self.numbers[1, name][self.worked.tokens[step][0] - 1][0]

    def row(self, step: int, layer: int, name: str, kind: str = "computes") -> WorkedRow:
        (row,) = (
            one
            for one in self.worked.rows
            if (one.step, one.layer, one.name, one.kind) == (step, layer, name, kind)
        )
        return row


def only(row: WorkedRow) -> tuple[float, float | None]:
    """The right number and the student's, of one unit."""
    return row.expected[0][0], None if row.got is None else row.got[0][0]


def test_one_plain_unit_is_worked_as_by_hand(tmp_path: Path) -> None:
    worked = example(changed(RNN, "torch.tanh(A)", "torch.sigmoid(A)"), "rnn", tmp_path)
    hand = ByHand(worked)
    total = hand.picked(0, "W_xh") + hand.state[1] * hand.weight(1, "W_hh") + hand.weight(1, "b_h")
    assert (worked.sizes["T"], worked.sizes["V"], worked.cells) == (1, 2, ("rnn",))
    assert only(hand.row(1, 1, "H")) == pytest.approx((math.tanh(total), sigmoid(total)), abs=1e-6)
    (weights,), (biases,) = hand.numbers[0, "W_hq"], hand.numbers[0, "b_q"]
    outputs = hand.row(1, 0, "O")
    for got, hidden in ((outputs.expected, math.tanh(total)), (outputs.got, sigmoid(total))):
        assert got is not None
        wanted = [hidden * weight + bias for weight, bias in zip(weights, biases, strict=True)]
        assert list(got[0]) == pytest.approx(wanted, abs=1e-6)
    first = worked.first
    assert (first.step, first.layer, first.name, first.kind) == (1, 1, "H", "computes")


def test_a_missing_reset_gate_first_shows_in_the_candidate(tmp_path: Path) -> None:
    worked = example(changed(GRU, "(R * H2) @ W[16]", "H2 @ W[16]"), "deep-gru", tmp_path)
    hand, first = ByHand(worked), worked.first
    assert (first.step, first.layer, first.name, first.unit) == (1, 2, "H̃", 1)

    def total(layer: int, gate: str, read: float, old: float) -> float:
        below = hand.picked(0, f"W_x{gate}") if layer == 1 else read * hand.weight(2, f"W_x{gate}")
        return below + old * hand.weight(layer, f"W_h{gate}") + hand.weight(layer, f"b_{gate}")

    def layer(number: int, read: float, reset: bool) -> tuple[float, float]:
        old = hand.state[number]
        R = sigmoid(total(number, "r", read, old)) if reset else 1
        Z = sigmoid(total(number, "z", read, old))
        candidate = math.tanh(total(number, "h", read, R * old))
        return candidate, Z * old + (1 - Z) * candidate

    _, below = layer(1, 0, reset=True)
    right, wrong = layer(2, below, reset=True), layer(2, below, reset=False)
    assert only(hand.row(1, 1, "H")) == pytest.approx((below, below), abs=1e-6)
    assert (first.expected, first.got) == pytest.approx((right[0], wrong[0]), abs=1e-6)
    assert only(hand.row(1, 2, "H")) == pytest.approx((right[1], wrong[1]), abs=1e-6)
    # what no term uses may be any tensor: at zero it is the same gate whichever it is
    assert only(hand.row(1, 2, "R")) == (0.5, None)
    assert hand.row(1, 2, "R").known == "unused"
    assert [hand.row(1, 2, name).known for name in ("Z", "H̃", "H")] == ["proof"] * 2 + ["returned"]


def test_equations_stand_beside_their_numbers_right_and_as_they_are(tmp_path: Path) -> None:
    worked = example(changed(GRU, "(R * H2) @ W[16]", "H2 @ W[16]"), "deep-gru", tmp_path)
    row = ByHand(worked).row(1, 2, "H̃")
    assert row.equation == "tanh(X·W_xh + (R ⊙ H_{t-1})·W_hh + b_h)"
    assert row.your_equation == "tanh(X·W_xh + H_{t-1}·W_hh + b_h)"
    for numbers, value in ((row.numbers, row.expected), (row.your_numbers, row.got)):
        assert value is not None
        plain = numbers.replace("−", "-").replace("·", "*").removeprefix("tanh")
        assert math.tanh(eval(plain)) == pytest.approx(value[0][0], abs=1e-4)


def test_weights_that_have_a_name_are_called_by_it(tmp_path: Path) -> None:
    worked = example(changed(RNN, "torch.tanh(A)", "torch.sigmoid(A)"), "rnn", tmp_path)
    assert ByHand(worked).row(1, 1, "H").equation == "tanh(X·W_in + H_{t-1}·rec + b)"
    kept = {one.name: one.yours for one in worked.weights}
    assert (kept["W_xh"], kept["W_hq"]) == ("params['W_in']", "params['out']")
    assert [one.yours for one in worked.state] == ["state[0]"]


def test_what_shows_later_is_shown_later(tmp_path: Path) -> None:
    """Without a proof only what comes back is known: after each step, and what is not, is not."""
    text = changed(RNN, "(H,)\n", "(states[0],)\n")
    worked = example(text, "rnn", tmp_path)
    hand, H = ByHand(worked), ByHand(worked).state[1]
    states = []
    for step in range(2):
        total = hand.picked(step, "W_xh") + H * hand.weight(1, "W_hh") + hand.weight(1, "b_h")
        H = math.tanh(total)
        states.append(H)
    assert (worked.sizes["T"], worked.first.step, worked.first.name) == (2, 2, "H")
    assert only(hand.row(1, 1, "H")) == pytest.approx((states[0], states[0]), abs=1e-6)
    assert only(hand.row(2, 1, "H")) == pytest.approx((states[1], states[0]), abs=1e-6)
    assert hand.row(2, 1, "X", "reads").known == "unknown"
    assert not hand.row(2, 0, "O").differs


def test_parts_that_come_back_exchanged_are_told_apart_from_what_is_computed(
    tmp_path: Path,
) -> None:
    worked = example(changed(GRU, "[H1, H2]\n", "[H2, H1]\n"), "deep-gru", tmp_path)
    hand = ByHand(worked)
    assert worked.first.kind == "returns"
    assert not any(row.differs for row in worked.rows if row.kind != "returns")
    below, above = hand.row(1, 1, "H", "returns"), hand.row(1, 2, "H", "returns")
    assert (below.got, above.got) == (above.expected, below.expected)


@pytest.mark.parametrize(
    ("old", "new"),
    [("(H,)\n", "state\n"), ("torch.tanh(A)", "torch.cos(A) * A ** 2")],
    ids=["the state does not come back", "no cell"],
)
def test_without_roles_there_is_no_example(tmp_path: Path, old: str, new: str) -> None:
    report = graded(changed(RNN, old, new), load("rnn"), tmp_path)
    assert (report.verdict, report.worked) == ("fail", None)


def test_a_right_network_has_no_example_and_pays_no_call(tmp_path: Path) -> None:
    assert graded(RNN, load("rnn"), tmp_path).worked is None


def test_it_costs_a_few_calls_and_none_where_it_may_not_be_told(tmp_path: Path) -> None:
    text, exercise = changed(RNN, "torch.tanh(A)", "torch.sigmoid(A)"), load("rnn")
    told = graded(text, exercise, tmp_path)
    hinted = graded(text, replace(exercise, feedback="hint"), tmp_path)
    assert hinted.worked is None
    assert 0 < told.timing.calls - hinted.timing.calls < 12
