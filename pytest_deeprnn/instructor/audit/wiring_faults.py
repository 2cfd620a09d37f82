"""Faults in how the layers hang together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pytest_deeprnn.core.exercise import Exercise
from pytest_deeprnn.instructor.audit.equations import PARTS
from pytest_deeprnn.instructor.audit.mutant import Specimen
from pytest_deeprnn.mutations import wiring_mutations
from pytest_deeprnn.mutations.mutation import Mutation


@dataclass(frozen=True)
class _Kind:
    """A mutation of one layer, by its number; `lowest` is the first that can have it.

    `memory` where an LSTM is needed below and here, `alike` where two layers' states must have
    the same form and width; `also` are the codes of equal mutations.
    """

    text: str
    make: Callable[[int], Mutation]
    lowest: int = 2
    memory: bool = False
    alike: bool = False
    also: tuple[str, ...] = ()


_SHARED = ("wrong-recurrence",)
_LAYER_BY_LAYER = (
    _Kind("reads the network's input", wiring_mutations.reads_inputs),
    _Kind("reads the lowest layer", lambda n: wiring_mutations.reads_lower(n, 1), lowest=3),
    _Kind("reads the memory C of the layer below", wiring_mutations.reads_memory, memory=True),
    _Kind("reads the layer below as it was one step earlier", wiring_mutations.reads_old),
    _Kind(
        "reads the sum of the layer below and the lowest",
        lambda n: wiring_mutations.reads_sum(n, 1),
        lowest=3,
        alike=True,
    ),
    _Kind(
        "starts from the state of the layer below",
        lambda n: wiring_mutations.takes_state_of(n, n - 1),
        alike=True,
        also=_SHARED,
    ),
    _Kind(
        "takes the old H of the layer below",
        lambda n: wiring_mutations.takes_hidden_of(n, n - 1),
        alike=True,
        also=("shared-state",),
    ),
    _Kind(
        "takes the old memory C of the layer below",
        lambda n: wiring_mutations.takes_memory_of(n, n - 1),
        memory=True,
        alike=True,
    ),
    _Kind(
        "multiplies the new state below where its own old state belongs",
        wiring_mutations.takes_new_below,
        alike=True,
        also=_SHARED,
    ),
    _Kind(
        "does not read its old state", wiring_mutations.forgets, lowest=1, also=("missing-term",)
    ),
)
#: The second layer's state for the first one: only where the layers are written by hand.
_FROM_ABOVE = (
    _Kind(
        "starts from the state of layer 2",
        lambda _: wiring_mutations.takes_state_of(1, 2),
        also=_SHARED,
    ),
    _Kind(
        "takes the old H of layer 2",
        lambda _: wiring_mutations.takes_hidden_of(1, 2),
        also=("shared-state",),
    ),
)
_WHOLE = (
    wiring_mutations.STARTS_AGAIN,
    wiring_mutations.RETURNS_GIVEN,
    wiring_mutations.OUTPUT_BEFORE_UPDATE,
    wiring_mutations.BIAS_IN_PRODUCT,
    wiring_mutations.REVERSED_ROWS,
    wiring_mutations.BATCH_MAJOR,
    wiring_mutations.LAST_STEP,
    wiring_mutations.SOFTMAX,
    wiring_mutations.LOG_SOFTMAX,
    wiring_mutations.BACKWARDS,
)
_OF_ALIKE = (wiring_mutations.ONE_STATE, wiring_mutations.CROSSED)


def faults(exercise: Exercise, depth: int) -> Iterator[list[Specimen]]:
    """Each fault at every place that it can be in, the lowest layer first, all layers last."""
    cells = exercise.cells(depth)
    alike = not exercise.network.own_widths and len({len(PARTS[cell]) for cell in cells}) == 1
    for kind in _LAYER_BY_LAYER:
        if alike or not kind.alike:
            places = [n for n in range(kind.lowest, depth + 1) if _fits(kind, cells, n)]
            if places:
                yield [_in_layer(kind, n, depth) for n in places] + _in_all(kind, places)
    if alike and depth > 1:
        yield from ([_in_layer(kind, 1, depth)] for kind in _FROM_ABOVE)
        yield from ([_whole(mutation)] for mutation in _OF_ALIKE)
    yield from ([_whole(mutation)] for mutation in _WHOLE)
    yield from _shown(exercise, cells)


def _fits(kind: _Kind, cells: Sequence[str], number: int) -> bool:
    return not kind.memory or {cells[number - 2], cells[number - 1]} == {"lstm"}


def _in_layer(kind: _Kind, number: int, depth: int) -> Specimen:
    mutation = kind.make(number)
    where = f"layer {number}" if depth > 1 else ""
    codes = (mutation.code, *kind.also)
    return Specimen(codes, kind.text, where=where, layers=(number,), wiring=(mutation,))


def _in_all(kind: _Kind, places: list[int]) -> list[Specimen]:
    """The fault in all layers that can have it, where these are several."""
    if len(places) < 2:
        return []
    made = tuple(kind.make(number) for number in places)
    where = "all layers" if kind.lowest == 1 else "all upper layers"
    codes, lowest = (made[0].code, *kind.also), (places[0],)
    return [Specimen(codes, kind.text, where=where, layers=lowest, wiring=made)]


def _whole(mutation: Mutation) -> Specimen:
    return Specimen((mutation.code,), mutation.text, wiring=(mutation,))


def _shown(exercise: Exercise, cells: Sequence[str]) -> Iterator[list[Specimen]]:
    """What the output layer reads in the place of the last layer."""
    if len(cells) > 1:
        yield [_whole(wiring_mutations.output_reads(1))]
        if not exercise.network.own_widths:
            yield [_whole(wiring_mutations.output_reads_sum((1, 2)))]
    if cells[-1] == "lstm":
        last = wiring_mutations.output_reads_memory(0)  # counted from the end
        text = "the output layer reads the memory C of the last layer"
        yield [Specimen((last.code,), text, wiring=(last,))]
