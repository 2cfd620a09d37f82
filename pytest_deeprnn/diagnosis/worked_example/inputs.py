"""The weights and the old state that an example starts from, and where the student keeps them."""

from __future__ import annotations

import re
from collections import defaultdict

from torch import Tensor

from pytest_deeprnn.core.report import Given
from pytest_deeprnn.measurement.alignment.align import Alignment
from pytest_deeprnn.measurement.trace import Trace

DIGITS = 6  # more than are shown
_KEY = re.compile(r"(?:\['(\w+)'\]|\.(\w+))$")


def weights(alignment: Alignment, trace: Trace) -> tuple[Given, ...]:
    """Every layer's weights from the lowest, and the output layer's."""
    layers, output = alignment.weights(trace.theta, trace.sizes)
    owners = [*layers.items(), (0, output)]
    return tuple(
        _given(layer, name, _kept(alignment, layer, name), value)
        for layer, owner in owners
        for name, value in owner.items()
    )


def state(alignment: Alignment, trace: Trace) -> tuple[Given, ...]:
    """Every layer's old state: H, and C of an LSTM layer."""
    leaves = alignment.sensitivities.state.floats
    sorted_out = alignment.state_of(trace.old, alignment.old, trace.sizes)
    kept = {(one.layer, one.part): leaves[one.block.leaf].path for one in alignment.old}
    return tuple(
        _given(layer, f"{'HC'[part]}_{{t-1}}", f"state{kept[layer, part]}", value)
        for layer, parts in enumerate(sorted_out, start=1)
        for part, value in enumerate(parts)
    )


def named_weights(alignment: Alignment, layer: int) -> dict[str, str]:
    """The student's names of a layer's weights, of those that are kept by a name.

    A place in a list is none: the book's names tell more.
    """
    leaves = alignment.sensitivities.params.floats
    serves = defaultdict(set)
    for held in alignment.held:
        serves[held.block.leaf].add((held.layer, held.weight))
    return {
        held.weight: key[1] or key[2]
        for held in alignment.held
        if held.layer == layer
        and len(serves[held.block.leaf]) == 1
        and len(_holders(alignment, layer, held.weight)) == 1
        and held.sign > 0
        and (key := _KEY.search(leaves[held.block.leaf].path))
    }


def _holders(alignment: Alignment, layer: int, weight: str) -> set[tuple[int, int]]:
    return {
        (held.block.leaf, held.sign)
        for held in alignment.held
        if (held.layer, held.weight) == (layer, weight)
    }


def _kept(alignment: Alignment, layer: int, weight: str) -> str | None:
    """The tensors that hold a weight; with a minus where a gate is read as its complement."""
    leaves = alignment.sensitivities.params.floats
    found = [
        f"{'−' if sign < 0 else ''}params{leaves[leaf].path}"
        for leaf, sign in sorted(_holders(alignment, layer, weight))
    ]
    return " + ".join(found) or None


def _given(layer: int, name: str, yours: str | None, values: Tensor) -> Given:
    rows = values.reshape(-1, values.shape[-1])
    return Given(layer=layer, name=name, yours=yours, values=rounded(rows))


def rounded(values: Tensor) -> tuple[tuple[float, ...], ...]:
    """Numbers (rows, columns) as the report keeps them."""
    return tuple(tuple(round(one, DIGITS) for one in row) for row in values.tolist())
