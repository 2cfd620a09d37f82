"""Where the elements of a weight or a state lie in the student's tensors, at any size.

Roles are found once at generic sizes. The elements of one weight lie in one tensor at evenly
spaced places, so a base and two steps describe them; a base that lies behind other blocks grows
with V and H, or with the H of single layers where each has its own.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

Shape = tuple[int, ...]
Place = tuple[int, ...]
_MAX_GATES = 5  # one more than an LSTM has


class NotCarried(Exception):
    """The places at one size do not tell those at another."""


@dataclass(frozen=True)
class Block:
    """A weight's elements (i, j) within one tensor: base + i · down + j · across.

    Each part of `base` is p·V + q·H + r, kept as (p, q, r); where each layer has its own H,
    there is a q for each.
    """

    leaf: int
    base: tuple[tuple[int, ...], ...]
    down: Place
    across: Place

    @functools.lru_cache(maxsize=1024)  # noqa: B019  # blocks are small, and few are in use at once
    def index(self, rows: int, columns: int, lengths: tuple[int, ...]) -> tuple[Tensor, ...]:
        """Index tensors (rows, columns) into the student's tensor, one for each of its axes.

        `lengths` are V and H, or V and the H of each layer.
        """
        i = torch.arange(rows).unsqueeze(1)
        j = torch.arange(columns).unsqueeze(0)
        starts = [_sum(parts, lengths) for parts in self.base]
        return tuple(
            start + i * down + j * across
            for start, down, across in zip(starts, self.down, self.across, strict=True)
        )


@dataclass(frozen=True)
class Growth:
    """The shapes of the same tensors at generic sizes and at others, which tell what grows."""

    lengths: tuple[int, ...]
    generic: tuple[Shape, ...]
    other: tuple[Shape, ...]

    def base(self, leaf: int, place: Place, layer: int) -> tuple[tuple[int, ...], ...]:
        """Write a place of a layer's weight (0: the output layer's) as multiples of lengths.

        Only axes whose length grows are so described.
        """
        fixed = (0,) * len(self.lengths)
        return tuple(
            self._multiples(start, layer) if small != large else (*fixed, start)
            for start, small, large in zip(place, self.generic[leaf], self.other[leaf], strict=True)
        )

    def _multiples(self, start: int, layer: int) -> tuple[int, ...]:
        if len(self.lengths) == 2:
            return self._of_two(start)
        for parts in self._usual(layer):
            if _sum(parts, self.lengths) == start:
                return parts
        return (*(0 for _ in self.lengths), start)

    def _of_two(self, start: int) -> tuple[int, ...]:
        vocab, hiddens = self.lengths
        options = [
            (start - p * vocab - q * hiddens, p, q)
            for p in range(3)
            for q in range(start // hiddens + 1)
            if p * vocab + q * hiddens <= start
        ]
        rest, p, q = min(options)
        return p, q, rest

    def _usual(self, layer: int) -> Iterator[tuple[int, ...]]:
        """Where each layer has its own H: behind gates, behind the input, behind lower layers."""
        below = layer - 1 if layer else len(self.lengths) - 1
        for before in ((), (below,)):
            for gates in range(_MAX_GATES):
                yield self._counted(*before, *[layer] * gates)
        for lower in range(1, len(self.lengths)):
            yield self._counted(*range(1, lower + 1))
            yield self._counted(*range(lower + 1))

    def _counted(self, *lengths: int) -> tuple[int, ...]:
        """How often each length is named, and no rest."""
        return (*(lengths.count(number) for number in range(len(self.lengths))), 0)


def _sum(parts: tuple[int, ...], lengths: tuple[int, ...]) -> int:
    """The parts times the lengths, and the rest that stands last."""
    *multiples, rest = parts
    return sum(n * length for n, length in zip(multiples, lengths, strict=True)) + rest


def unravel(flat: int, shapes: Iterable[Shape]) -> tuple[int, Place]:
    """The tensor and the multi-index of an element counted through all tensors."""
    for leaf, shape in enumerate(shapes):
        size = 1
        for extent in shape:
            size *= extent
        if flat < size:
            place = []
            for extent in reversed(shape):
                place.append(flat % extent)
                flat //= extent
            return leaf, tuple(reversed(place))
        flat -= size
    raise IndexError(flat)


def blocks(
    elements: Mapping[tuple[int, int], list[int]], growth: Growth, layer: int
) -> list[Block]:
    """Describe the places of a weight's elements; several blocks where it is held several times.

    `elements` gives for each (i, j) the flat positions. Raises NotCarried where they are not
    evenly spaced.
    """
    by_leaf: dict[int, dict[tuple[int, int], list[Place]]] = defaultdict(dict)
    for key, positions in elements.items():
        for position in positions:
            leaf, place = unravel(position, growth.generic)
            by_leaf[leaf].setdefault(key, []).append(place)
    return [
        _block(leaf, {key: places[copy] for key, places in held.items()}, growth, layer)
        for leaf, held in by_leaf.items()
        for copy in range(_copies(held))
    ]


def _copies(held: Mapping[tuple[int, int], list[Place]]) -> int:
    counts = {len(places) for places in held.values()}
    if len(counts) != 1:
        raise NotCarried("an element stands more often than another")
    return counts.pop()


def _block(leaf: int, held: Mapping[tuple[int, int], Place], growth: Growth, layer: int) -> Block:
    start = held.get((0, 0))
    if start is None:
        raise NotCarried("the first element is missing")
    down = _step(start, held.get((1, 0)))
    across = _step(start, held.get((0, 1)))
    for (i, j), place in held.items():
        if place != tuple(s + i * d + j * a for s, d, a in zip(start, down, across, strict=True)):
            raise NotCarried("elements are not evenly spaced")
    return Block(leaf=leaf, base=growth.base(leaf, start, layer), down=down, across=across)


def _step(start: Place, following: Place | None) -> Place:
    if following is None:
        return tuple(0 for _ in start)
    return tuple(b - a for a, b in zip(start, following, strict=True))
