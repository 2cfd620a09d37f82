"""The table of equal twists is what trying all renamings finds, and no twist is a right cell."""

from __future__ import annotations

import pytest
from renamings import equal

from pytest_deeprnn.core.codes import ORDER
from pytest_deeprnn.mutations import cell_mutations, weight_mutations
from pytest_deeprnn.mutations.equivalent import pairs
from pytest_deeprnn.mutations.mutation import Twist

TABLES: dict[str, tuple[Twist, ...]] = {
    "rnn": cell_mutations.RNN,
    "gru": (*cell_mutations.MIXTURE, *cell_mutations.RESET),
    "lstm": (*cell_mutations.MEMORY, *cell_mutations.HIDDEN, *cell_mutations.JOINED),
}


def _all(cell: str) -> tuple[Twist, ...]:
    return (*TABLES[cell], *weight_mutations.left_out(cell), *weight_mutations.borrowed(cell))


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
