"""Which part of the student's state belongs to which layer."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import torch
from torch import Tensor

from pytest_deeprnn.core.sizes import Sizes
from pytest_deeprnn.measurement.alignment.layout import Block, Growth, blocks, unravel
from pytest_deeprnn.measurement.alignment.role_types import LayerFound, Naming


@dataclass(frozen=True)
class StatePlace:
    """One layer's H (part 0) or C (part 1) in one of the student's state tensors.

    `rows` is the axis that counts the batch, None where there is none; `row` is the part's place
    on it where several parts stand one below the other, each B rows high.
    """

    layer: int
    part: int
    block: Block
    rows: int | None
    row: int = 0

    def index(self, sizes: Sizes) -> tuple[Tensor, ...]:
        """Where these units lie in the tensor, as an index that gives (B, H)."""
        width = sizes.width(self.layer)
        index = list(self.block.index(1, width, sizes.lengths))
        if self.rows is not None:
            first = torch.tensor(self.row * sizes.batch)
            index[self.rows] = first + torch.arange(sizes.batch).unsqueeze(1)
        shape = torch.Size((sizes.batch, width))
        return tuple(part.expand(shape) for part in index)


@dataclass(frozen=True)
class Own:
    """A layer's positions in the old state: H, and C of an LSTM; () where it has none."""

    hidden: tuple[int, ...]
    memory: tuple[int, ...]


def owned(naming: Naming, aligned: bool) -> tuple[Own, ...]:
    """The old state of each layer: what it reads, unless another layer reads that too.

    `aligned` says that a position in the new state is the same one in the old state, so that
    what a layer writes tells what it should have read.
    """
    readers = Counter(position for layer in naming.layers for position in _read(layer))
    found = []
    for layer in naming.layers:
        read = layer.found.old_hidden or layer.recurrent, layer.found.old_memory
        written = layer.found.hidden, layer.found.memory
        own = [
            new if aligned and (not old or max(readers[p] for p in old) > 1) else old
            for old, new in zip(read, written, strict=True)
        ]
        found.append(Own(*own))
    return tuple(found)


def _read(layer: LayerFound) -> set[int]:
    return {*(layer.found.old_hidden or layer.recurrent), *layer.found.old_memory}


def state_places(
    naming: Naming, aligned: bool, old: Growth, new: Growth
) -> tuple[list[StatePlace], list[StatePlace]]:
    """Every layer's places in the old state and in the new one; raises NotCarried."""
    before: list[StatePlace] = []
    after: list[StatePlace] = []
    for number, (layer, own) in enumerate(
        zip(naming.layers, owned(naming, aligned), strict=True), start=1
    ):
        for part, positions, target, growth in (
            (0, own.hidden, before, old),
            (1, own.memory, before, old),
            (0, layer.found.hidden, after, new),
            (1, layer.found.memory, after, new),
        ):
            if positions:
                target.append(_state_place(number, part, positions, growth))
    return before, after


def _state_place(number: int, part: int, positions: tuple[int, ...], growth: Growth) -> StatePlace:
    places = {(0, unit): [flat] for unit, flat in enumerate(positions)}
    (block,) = blocks(places, growth, number)
    small, large = growth.generic[block.leaf], growth.other[block.leaf]
    axes = [
        axis
        for axis, (a, b) in enumerate(zip(small, large, strict=True))
        if b == 2 * a and block.across[axis] == 0
    ]
    if not axes:
        return StatePlace(number, part, block, None)
    _, start = unravel(positions[0], growth.generic)
    return StatePlace(number, part, block, axes[0], start[axes[0]])
