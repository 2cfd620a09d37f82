"""Mutations of a cell that are one function, once weights and gates have other names.

Which of them a learner made can't be told by numbers, only by the learner's own names.
"""

from __future__ import annotations

from pytest_deeprnn.mutations.cell_mutations import MIX_BY_RESET, RESET_BY_UPDATE
from pytest_deeprnn.mutations.mutation import Mutation
from pytest_deeprnn.mutations.weight_mutations import borrowed

#: Gates that stand for each other in the candidate or in the mixture: the other gate is idle.
SAME_GATE: tuple[Mutation, Mutation] = (MIX_BY_RESET, RESET_BY_UPDATE)


def pairs(cell: str) -> frozenset[frozenset[Mutation]]:
    """All pairs of the tables that are equal: a gate that takes another's weight is that other
    gate taking the first one's, with the rest of their weights exchanged."""
    found = {frozenset(SAME_GATE)} if cell == "gru" else set()
    weights = {mutation.edits[0]: mutation for mutation in borrowed(cell)}
    for edit, mutation in weights.items():
        for other, mirrored in weights.items():
            if (edit.old, edit.new) == (other.new, other.old):
                found.add(frozenset((mutation, mirrored)))
    return frozenset(found)
