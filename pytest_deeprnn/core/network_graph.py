"""A network unrolled over a few steps: what reaches each node, beside what should."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

STEPS = 3  # enough to see what is carried on, and what is only handed to the next step
Part = Literal["H", "C"]
Cell = Literal["rnn", "gru", "lstm", ""]
Status = Literal["there", "missing", "extra", "unknown"]


class Node(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A place in the drawing: layers from the lowest and steps count from 1.

    "old" is the state that forward is given for a layer, "new" the one that it returns.
    """

    kind: Literal["input", "layer", "output", "old", "new"]
    layer: int = 0
    step: int = 0


class Edge(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One value that goes from node to node: a token or a hidden state H, or a memory cell C."""

    source: Node
    target: Node
    part: Part = "H"


class Arrow(msgspec.Struct, frozen=True, kw_only=True):
    """An edge that is there as it should be, is missing, is one too many, or cannot be told."""

    edge: Edge
    status: Status


class Unrolled(msgspec.Struct, frozen=True, kw_only=True):
    """The whole drawing; `cells` name each layer's cell from the lowest, "" where none is known.

    `proven` says that the network drawn gave the student's numbers in every case; where not, it
    was seen in single steps.
    """

    cells: tuple[Cell, ...]
    steps: int
    proven: bool
    arrows: tuple[Arrow, ...]


def as_it_should_be(cells: tuple[str, ...]) -> Iterator[Edge]:
    """The edges of the network in the book's figure.

    Source: Dive into Deep Learning, "Deep Recurrent Neural Networks", the architecture's figure.
    """
    depth = len(cells)
    for step in range(1, STEPS + 1):
        below = Node(kind="input", step=step)
        for layer, cell in enumerate(cells, start=1):
            here = Node(kind="layer", layer=layer, step=step)
            yield Edge(source=below, target=here)
            parts: tuple[Part, ...] = ("H", "C") if cell == "lstm" else ("H",)
            for part in parts:
                yield Edge(source=before(layer, step), target=here, part=part)
                if step == STEPS:
                    yield Edge(source=here, target=Node(kind="new", layer=layer), part=part)
            below = here
        top = Node(kind="layer", layer=depth, step=step)
        yield Edge(source=top, target=Node(kind="output", step=step))


def before(layer: int, step: int) -> Node:
    """Where a layer's state comes from at a step."""
    if step == 1:
        return Node(kind="old", layer=layer)
    return Node(kind="layer", layer=layer, step=step - 1)


def compared(wanted: set[Edge], found: set[Edge], unknown: set[Edge]) -> tuple[Arrow, ...]:
    """Each edge once, with what is to be said of it; `unknown` are those that could not be seen."""
    statuses: dict[Edge, Status] = {
        **dict.fromkeys(wanted - found, "missing"),
        **dict.fromkeys(found - wanted, "extra"),
        **dict.fromkeys(found & wanted, "there"),
        **dict.fromkeys(unknown, "unknown"),
    }
    return tuple(Arrow(edge=edge, status=statuses[edge]) for edge in sorted(statuses))
