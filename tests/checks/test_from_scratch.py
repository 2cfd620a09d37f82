"""from-scratch fails where torch's own recurrence computes a step, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from measured import RNN, SOMETIMES, STEP, deep, failure, line_of, note, replaced, with_step

from pytest_deeprnn.checks.from_scratch import from_scratch
from pytest_deeprnn.measurement.traces import Traces

Measure = Callable[..., Traces]

CELL = "H = torch.rnn_tanh_cell(X, H, W_xh.T, W_hh.T, b_h, torch.zeros_like(b_h))"
BORROWED = "X = torch.rnn_tanh_cell(X, H, W.T, U.T)"
ONE = f"""
def one(X, H, params):
    W_xh, W_hh, b_h, _, _ = params
    {CELL}
    return H
"""
OWN = """
def rnn_tanh_cell(X, H, params):
    return torch.tanh(X @ params[0] + H @ params[1])
"""
LAYER = """
def forward(inputs, state, params):
    W_xh, W_hh, b_h, W_hq, b_q = params
    held = [W_xh.T, W_hh.T, b_h, torch.zeros_like(b_h)]
    out, H = torch.rnn_tanh(inputs, state[0][None], held, True, 1, 0.0, False, False, False)
    return (out @ W_hq + b_q).flatten(0, 1), [H[0]]
"""


@pytest.mark.parametrize(
    ("text", "part", "operator"),
    [
        (with_step(CELL), "rnn_tanh_cell", "rnn_tanh_cell"),
        (RNN + LAYER, "torch.rnn_tanh(", "rnn_tanh"),
        (
            with_step("H = torch.nn.GRUCell(X.shape[1], H.shape[1], dtype=H.dtype)(X, H)"),
            "GRUCell",
            "gru_cell",
        ),
        (with_step(f"try: {CELL}\nexcept Exception: {STEP}"), "rnn_tanh_cell", "rnn_tanh_cell"),
        (
            with_step("H = one(X, H, params)") + ONE,
            "rnn_tanh_cell",
            "rnn_tanh_cell",
        ),
    ],
)
def test_a_borrowed_step_fails_with_its_line(
    traces: Measure, text: str, part: str, operator: str
) -> None:
    failed, finding = failure(from_scratch(traces(text)))
    assert (finding.code, finding.function) == ("forbidden-api", "forward")
    assert finding.called.line == line_of(text, part)
    assert f"torch's own {operator} " in failed.message
    assert failed.observed


@pytest.mark.parametrize(
    "text",
    [
        RNN,
        with_step("H = torch.tanh(torch.nn.functional.linear(X, W_xh.T, b_h) + H @ W_hh)"),
        with_step("H = torch.addmm(b_h, X, W_xh).add(H @ W_hh).tanh()"),
        with_step("H = rnn_tanh_cell(X, H, params)") + OWN,
        replaced(
            "V, H = vocab_size, num_hiddens",
            "V, H = vocab_size, num_hiddens\n    torch.nn.GRU(V, H)",
        ),
    ],
)
def test_a_step_that_is_written_out_passes(traces: Measure, text: str) -> None:
    assert note(from_scratch(traces(text))) == ""


def test_values_can_be_measured_after_it(traces: Measure) -> None:
    measured = traces(with_step(CELL))
    failure(from_scratch(measured))
    assert all(trace.expected is not None for trace in measured.all())


@pytest.mark.parametrize("only", SOMETIMES)
def test_a_step_that_is_borrowed_in_some_cases_of_a_run_fails_too(
    traces: Measure, only: str
) -> None:
    measured = traces(deep(only, BORROWED), "deep-rnn", drawn=True)
    assert failure(from_scratch(measured))[1].code == "forbidden-api"
