"""Where the elements of a weight or a state lie in the student's tensors, at any size.

Roles are found once at generic sizes (V = 5, H = 3). The elements of one weight lie in one
tensor at evenly spaced places, so a base and two steps describe them; a base that lies behind
other blocks grows with V and H.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

Shape = tuple[int, ...]
Place = tuple[int, ...]


class NotCarried(Exception):
    """The places at one size do not tell those at another."""


@dataclass(frozen=True)
class Block:
    """A weight's elements (i, j) within one tensor: base + i · down + j · across.

    Each part of `base` is p·V + q·H + r, kept as (p, q, r).
    """

    leaf: int
    base: tuple[tuple[int, int, int], ...]
    down: Place
    across: Place

    def index(self, rows: int, columns: int, vocab: int, hiddens: int) -> tuple[Tensor, ...]:
        """Index tensors (rows, columns) into the student's tensor, one for each of its axes."""
        i = torch.arange(rows).unsqueeze(1)
        j = torch.arange(columns).unsqueeze(0)
        starts = [p * vocab + q * hiddens + r for p, q, r in self.base]
        return tuple(
            start + i * down + j * across
            for start, down, across in zip(starts, self.down, self.across, strict=True)
        )


@dataclass(frozen=True)
class Growth:
    """The shapes of the same tensors at generic sizes and at others, which tell what grows."""

    vocab: int
    hiddens: int
    generic: tuple[Shape, ...]
    other: tuple[Shape, ...]

    def base(self, leaf: int, place: Place) -> tuple[tuple[int, int, int], ...]:
        """Write a place as multiples of V and H along the axes whose length grows."""
        return tuple(
            self._multiples(start) if small != large else (0, 0, start)
            for start, small, large in zip(place, self.generic[leaf], self.other[leaf], strict=True)
        )

    def _multiples(self, start: int) -> tuple[int, int, int]:
        options = [
            (start - p * self.vocab - q * self.hiddens, p, q)
            for p in range(3)
            for q in range(start // self.hiddens + 1)
            if p * self.vocab + q * self.hiddens <= start
        ]
        rest, p, q = min(options)
        return p, q, rest


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


def blocks(elements: Mapping[tuple[int, int], list[int]], growth: Growth) -> list[Block]:
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
        _block(leaf, {key: places[copy] for key, places in held.items()}, growth)
        for leaf, held in by_leaf.items()
        for copy in range(_copies(held))
    ]


def _copies(held: Mapping[tuple[int, int], list[Place]]) -> int:
    counts = {len(places) for places in held.values()}
    if len(counts) != 1:
        raise NotCarried("an element stands more often than another")
    return counts.pop()


def _block(leaf: int, held: Mapping[tuple[int, int], Place], growth: Growth) -> Block:
    start = held.get((0, 0))
    if start is None:
        raise NotCarried("the first element is missing")
    down = _step(start, held.get((1, 0)))
    across = _step(start, held.get((0, 1)))
    for (i, j), place in held.items():
        if place != tuple(s + i * d + j * a for s, d, a in zip(start, down, across, strict=True)):
            raise NotCarried("elements are not evenly spaced")
    return Block(leaf=leaf, base=growth.base(leaf, start), down=down, across=across)


def _step(start: Place, following: Place | None) -> Place:
    if following is None:
        return tuple(0 for _ in start)
    return tuple(b - a for a, b in zip(start, following, strict=True))
