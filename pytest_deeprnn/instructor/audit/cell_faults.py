"""Faults in the equations of a cell, in one layer or in all that have this cell."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_deeprnn.core.exercise import Exercise
from pytest_deeprnn.instructor.audit.mutant import Specimen
from pytest_deeprnn.mutations import cell_mutations, weight_mutations
from pytest_deeprnn.mutations.mutation import Twist

_TABLES: dict[str, tuple[Twist, ...]] = {
    "rnn": cell_mutations.RNN,
    "gru": (*cell_mutations.MIXTURE, *cell_mutations.RESET),
    "lstm": (*cell_mutations.MEMORY, *cell_mutations.HIDDEN, cell_mutations.CANDIDATE_AND_OUTPUT),
}
#: For a tanh layer these are one fault.
_ALONE = ("no-recurrence", "missing-term")


def twists(cell: str) -> tuple[Twist, ...]:
    """All faults of one cell's equations."""
    return (*_TABLES[cell], *weight_mutations.left_out(cell), *weight_mutations.borrowed(cell))


def faults(exercise: Exercise, depth: int) -> Iterator[list[Specimen]]:
    """Each fault at every place that it can be in, the lowest layer first, all layers last."""
    found = exercise.cells(depth)
    for cell in dict.fromkeys(found):
        layers = [number for number, one in enumerate(found, start=1) if one == cell]
        places = [(layer,) for layer in layers] + ([()] if len(layers) > 1 else [])
        for twist in twists(cell):
            yield [_made(cell, twist, place, depth) for place in places]


def _made(cell: str, twist: Twist, place: tuple[int, ...], depth: int) -> Specimen:
    alone = cell == "rnn" and twist.code == "no-recurrence"
    where = f"layer {place[0]}" if place else f"all {cell} layers"
    return Specimen(
        codes=_ALONE if alone else (twist.code,),
        text=twist.text,
        gate=twist.gate,
        where=where if depth > 1 else "",
        cell=(twist,),
        of=cell,
        layers=place,
    )
