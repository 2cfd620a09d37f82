"""What single steps show of a network that is not known as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_deeprnn.core.network_graph import STEPS, Edge, Node, Part, as_it_should_be, before
from pytest_deeprnn.measurement.alignment.align import Alignment
from pytest_deeprnn.measurement.alignment.role_types import LayerFound

_PARTS: tuple[Part, Part] = ("H", "C")
_FROM_BELOW = ("below", "part", "squashed", "sum", "candidate")


def seen_edges(alignment: Alignment, asked: tuple[str, ...]) -> tuple[set[Edge], set[Edge]]:
    """The edges that were seen, and those that could not be.

    What a layer that was not recognised reads is not known; nor is what goes on between steps,
    but it is seen what a layer takes from the state that it is given.
    """
    layers = alignment.naming.layers
    known = range(1, len(layers) + 1)
    seen = {
        edge
        for step in range(1, STEPS + 1)
        for number in known
        for edge in (*_reads(layers[number - 1], number, step), *_takes(alignment, number, step))
    }
    top = alignment.naming.output_from
    if top is not None:
        seen |= {
            Edge(
                source=Node(kind="layer", layer=top, step=step),
                target=Node(kind="output", step=step),
            )
            for step in range(1, STEPS + 1)
        }
    wanted = set(as_it_should_be(asked))
    seen |= {edge for edge in wanted if edge.target.kind == "new"}
    unknown = {edge for edge in wanted if not _is_known(edge, alignment)}
    return seen - unknown, unknown


def returned(alignment: Alignment, found: set[Edge]) -> set[Edge]:
    """What reaches the state that forward returns, each part in the place where it is found.

    A part that is not among the returned ones is lost; one that lies where another was given comes
    back in its place.
    """
    place = _places(alignment)
    return {
        Edge(
            source=edge.source,
            target=Node(kind="new", layer=place[edge.target.layer, edge.part]),
            part=edge.part,
        )
        for edge in found
        if edge.target.kind == "new" and (edge.target.layer, edge.part) in place
    }


def _places(alignment: Alignment) -> dict[tuple[int, Part], int]:
    """For each returned part of a layer's state, the layer in whose place it lies."""
    lost = {(one.layer, one.part) for one in alignment.old} - {
        (one.layer, one.part) for one in alignment.new
    }
    if lost or not alignment.carried:  # then places in the two are no longer the same
        return {
            (number, part): number
            for number, layer in enumerate(alignment.naming.layers, start=1)
            for part, positions in zip(
                _PARTS, (layer.found.hidden, layer.found.memory), strict=True
            )
            if positions
        }
    given = {(one.block.leaf, one.block.base): one.layer for one in alignment.old}
    return {
        (one.layer, _PARTS[one.part]): given.get((one.block.leaf, one.block.base), one.layer)
        for one in alignment.new
    }


def _is_known(edge: Edge, alignment: Alignment) -> bool:
    target, layers = edge.target, alignment.naming.layers
    if target.kind == "new" and alignment.sensitivities.new.shape[1] == 0:
        return True
    if target.kind == "output":
        return alignment.naming.output_from is not None
    return target.layer <= len(layers)


def _reads(layer: LayerFound, number: int, step: int) -> Iterator[Edge]:
    here = Node(kind="layer", layer=number, step=step)
    below = Node(kind="layer", layer=number - 1, step=step)
    token = Node(kind="input", step=step)
    if number == 1:
        below = token
    if layer.reads in _FROM_BELOW:
        yield Edge(source=below, target=here)
    if layer.reads == "inputs":
        yield Edge(source=token, target=here)
    if layer.reads == "memory":
        yield Edge(source=below, target=here, part="C")
    if layer.reads == "stale":
        yield Edge(source=before(number - 1, step), target=here)
    if layer.reads in ("lower", "sum"):
        other = layer.reads_layer
        lower = Node(kind="layer", layer=other, step=step) if other else token
        yield Edge(source=lower, target=here)


def _takes(alignment: Alignment, number: int, step: int) -> Iterator[Edge]:
    """Whose state a layer takes: its own, or another's."""
    layer = alignment.naming.layers[number - 1]
    here = Node(kind="layer", layer=number, step=step)
    parts: tuple[tuple[Part, tuple[int, ...], list[tuple[int, ...]]], ...] = (
        ("H", layer.recurrent or layer.found.old_hidden, [o.hidden for o in alignment.owned]),
        ("C", layer.found.old_memory, [o.memory for o in alignment.owned]),
    )
    for part, read, owned in parts:
        for owner, own in enumerate(owned, start=1):
            if set(read) & set(own):
                yield Edge(source=before(owner, step), target=here, part=part)
