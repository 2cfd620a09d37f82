"""Faults in the equations of a cell, in one layer or in all that have this cell."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_deeprnn.core.exercise import Exercise
from pytest_deeprnn.instructor.audit.mutant import Specimen
from pytest_deeprnn.mutations import cell_mutations, weight_mutations
from pytest_deeprnn.mutations.mutation import Mutation

_TABLES: dict[str, tuple[Mutation, ...]] = {
    "rnn": cell_mutations.RNN,
    "gru": (*cell_mutations.MIXTURE, *cell_mutations.RESET),
    "lstm": (*cell_mutations.MEMORY, *cell_mutations.HIDDEN, cell_mutations.CANDIDATE_AND_OUTPUT),
}
#: For a tanh layer these are one fault.
_ALONE = ("no-recurrence", "missing-term")


def mutations(cell: str) -> tuple[Mutation, ...]:
    """All faults of one cell's equations."""
    return (*_TABLES[cell], *weight_mutations.left_out(cell), *weight_mutations.borrowed(cell))


def faults(exercise: Exercise, depth: int) -> Iterator[list[Specimen]]:
    """Each fault at every place that it can be in, the lowest layer first, all layers last."""
    found = exercise.cells(depth)
    for cell in dict.fromkeys(found):
        layers = [number for number, one in enumerate(found, start=1) if one == cell]
        places = [(layer,) for layer in layers] + ([()] if len(layers) > 1 else [])
        for mutation in mutations(cell):
            yield [_made(cell, mutation, place, depth) for place in places]


def _made(cell: str, mutation: Mutation, place: tuple[int, ...], depth: int) -> Specimen:
    alone = cell == "rnn" and mutation.code == "no-recurrence"
    where = f"layer {place[0]}" if place else f"all {cell} layers"
    return Specimen(
        codes=_ALONE if alone else (mutation.code,),
        text=mutation.text,
        gate=mutation.gate,
        where=where if depth > 1 else "",
        cell=(mutation,),
        of=cell,
        layers=place,
    )
