"""The reference's lines as the book writes them, right and with a fault."""

from __future__ import annotations

import pytest
import torch

from pytest_deeprnn.mutations import equation_text
from pytest_deeprnn.mutations.cell_mutations import NO_RESET
from pytest_deeprnn.mutations.wiring_mutations import BIAS_IN_PRODUCT

BOOK = {
    ("rnn", "step"): {"H": "tanh(X·W_xh + H_{t-1}·W_hh + b_h)"},
    ("gru", "step"): {
        "R": "σ(X·W_xr + H_{t-1}·W_hr + b_r)",
        "Z": "σ(X·W_xz + H_{t-1}·W_hz + b_z)",
        "H̃": "tanh(X·W_xh + (R ⊙ H_{t-1})·W_hh + b_h)",
        "H": "Z ⊙ H_{t-1} + (1 − Z) ⊙ H̃",
    },
    ("gru", "step_reset_after"): {
        "R": "σ(X·W_xr + H_{t-1}·W_hr + b_r)",
        "Z": "σ(X·W_xz + H_{t-1}·W_hz + b_z)",
        "H̃": "tanh(X·W_xh + b_h + R ⊙ (H_{t-1}·W_hh + b_hh))",
        "H": "Z ⊙ H_{t-1} + (1 − Z) ⊙ H̃",
    },
    ("lstm", "step"): {
        "I": "σ(X·W_xi + H_{t-1}·W_hi + b_i)",
        "F": "σ(X·W_xf + H_{t-1}·W_hf + b_f)",
        "O": "σ(X·W_xo + H_{t-1}·W_ho + b_o)",
        "C̃": "tanh(X·W_xc + H_{t-1}·W_hc + b_c)",
        "C": "F ⊙ C_{t-1} + I ⊙ C̃",
        "H": "O ⊙ tanh(C)",
    },
}


@pytest.mark.parametrize(("cell", "name"), BOOK)
def test_lines_read_as_in_the_book_and_in_its_order(cell: str, name: str) -> None:
    lines = equation_text.lines(cell, name)
    told = {
        equation_text.book(key): equation_text.with_names(line, {}) for key, line in lines.items()
    }
    assert list(told.items()) == list(BOOK[cell, name].items())


def test_a_mutation_changes_its_line_and_leaves_a_gate_unused() -> None:
    line = equation_text.lines("gru", "step", (NO_RESET,))["H_tilde"]
    assert equation_text.with_names(line, {}) == "tanh(X·W_xh + H_{t-1}·W_hh + b_h)"
    assert equation_text.unused("gru", "step", (NO_RESET,)) == {"R_t"}
    assert equation_text.unused("gru") == equation_text.unused("lstm") == frozenset()


def test_the_outputs_have_their_line() -> None:
    assert equation_text.with_names(equation_text.output_line(), {"W_hq": "out"}) == "H·out + b_q"
    assert (
        equation_text.with_names(equation_text.output_line((BIAS_IN_PRODUCT,)), {})
        == "H·(W_hq + b_q)"
    )


class Weights:
    W_xh = torch.tensor([[-1.0, 0.5]])
    W_hh = torch.tensor([[1.0, 0.0], [0.5, -1.0]])
    b_h = torch.tensor([0.0, 0.25])


def test_a_product_of_one_number_is_written_out_and_a_sum_of_several_is_its_value() -> None:
    values = {"X": torch.tensor([[2.0]]), "H": torch.tensor([[1.0, -2.0]]), "W": Weights}
    told = equation_text.with_numbers(equation_text.lines("rnn")["H_t"], values)
    assert told == "tanh(2·[−1, 0.5] + [0, 2] + [0, 0.25])"
