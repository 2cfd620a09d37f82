"""The table of equal mutations is what trying all renamings finds; none is a right cell."""

from __future__ import annotations

import pytest
from renamings import equal

from pytest_deeprnn.core.codes import ORDER
from pytest_deeprnn.mutations import cell_mutations, weight_mutations
from pytest_deeprnn.mutations.equivalent import pairs
from pytest_deeprnn.mutations.mutation import Mutation

TABLES: dict[str, tuple[Mutation, ...]] = {
    "rnn": cell_mutations.RNN,
    "gru": (*cell_mutations.MIXTURE, *cell_mutations.RESET),
    "lstm": (*cell_mutations.MEMORY, *cell_mutations.HIDDEN, *cell_mutations.JOINED),
}


def _all(cell: str) -> tuple[Mutation, ...]:
    return (*TABLES[cell], *weight_mutations.left_out(cell), *weight_mutations.borrowed(cell))


@pytest.mark.parametrize("cell", ["rnn", "gru", pytest.param("lstm", marks=pytest.mark.proof)])
def test_the_table_is_what_the_experiment_finds(cell: str) -> None:
    mutations = _all(cell)
    found = equal(cell, [(), *((mutation,) for mutation in mutations)])
    assert not any(0 in pair for pair in found), "a mutation is the right cell under other names"
    assert {frozenset(mutations[n - 1] for n in pair) for pair in found} == pairs(cell)


@pytest.mark.parametrize("cell", ["gru", "lstm"])
def test_equal_mutations_have_one_code(cell: str) -> None:
    """So that it does not matter for the root cause which of them is named."""
    for pair in pairs(cell):
        assert len({mutation.code for mutation in pair}) == 1


def test_all_codes_are_known() -> None:
    assert {mutation.code for cell in TABLES for mutation in _all(cell)} <= ORDER.keys()
