"""The table of equal twists is what trying all renamings finds, and no twist is a right cell."""

from __future__ import annotations

import pytest
from renamings import equal

from pytest_deeprnn.diagnosis.codes import ORDER
from pytest_deeprnn.twists import cells, weights
from pytest_deeprnn.twists.edit import Twist
from pytest_deeprnn.twists.equal import pairs

TABLES: dict[str, tuple[Twist, ...]] = {
    "rnn": cells.RNN,
    "gru": (*cells.MIXTURE, *cells.RESET),
    "lstm": (*cells.MEMORY, *cells.HIDDEN, *cells.JOINED),
}


def _all(cell: str) -> tuple[Twist, ...]:
    return (*TABLES[cell], *weights.left_out(cell), *weights.borrowed(cell))


@pytest.mark.parametrize("cell", ["rnn", "gru", pytest.param("lstm", marks=pytest.mark.proof)])
def test_the_table_is_what_the_experiment_finds(cell: str) -> None:
    twists = _all(cell)
    found = equal(cell, [(), *((twist,) for twist in twists)])
    assert not any(0 in pair for pair in found), "a twist is the right cell under other names"
    assert {frozenset(twists[n - 1] for n in pair) for pair in found} == pairs(cell)


@pytest.mark.parametrize("cell", ["gru", "lstm"])
def test_equal_twists_have_one_code(cell: str) -> None:
    """So that it does not matter for the root cause which of them is named."""
    for pair in pairs(cell):
        assert len({twist.code for twist in pair}) == 1


def test_all_codes_are_known() -> None:
    assert {twist.code for cell in TABLES for twist in _all(cell)} <= ORDER.keys()
