"""Where the drawing of an unrolled network has its nodes and arrows, and how each is told."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from pytest_deeprnn.core.network_graph import Edge, Node, Status, Unrolled

Point = tuple[float, float]

_COLUMN, _ROW = 140.0, 88.0  # from middle to middle, in pixels
_LEFT, _MARGIN = 128.0, 34.0
_HALF: dict[str, Point] = {  # half the width and half the height of each kind of node
    "layer": (40, 21),
    "input": (26, 15),
    "output": (26, 15),
    "old": (26, 15),
    "new": (26, 15),
}
_GAP = 4.0  # between an arrow and what it touches
_BENDS = (44.0, -44.0, 62.0, -62.0, 70.0, -70.0, 124.0)  # how far a curve keeps aside
_APART = 7.0  # H and C beside each other
_SAMPLES = 24


@dataclass(frozen=True)
class Box:
    """A node: its middle, half its size, and its kind."""

    node: Node
    x: float
    y: float
    half_width: float
    half_height: float

    def holds(self, point: Point, margin: float) -> bool:
        """Whether a point lies in it, or closer than the margin."""
        return (
            abs(point[0] - self.x) < self.half_width + margin
            and abs(point[1] - self.y) < self.half_height + margin
        )


@dataclass(frozen=True)
class Line:
    """An arrow's path as SVG, and where the name of what it carries stands."""

    path: str
    status: Status
    part: str
    at: Point


@dataclass(frozen=True)
class Relation:
    """One or several arrows that say the same of every step: who gets whose value, and when.

    `when` is "now" for the same step, "before" for the one before it, "given" where a later step
    gets what forward was given, "other" for any other step.
    """

    status: Status
    target: Literal["layer", "output", "new"]
    target_layer: int
    source: Literal["input", "layer"]
    source_layer: int
    part: str
    when: Literal["now", "before", "given", "other"]


@dataclass(frozen=True)
class Drawing:
    """All that the template needs."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    relations: tuple[Relation, ...]
    statuses: frozenset[Status]


def draw(network: Unrolled) -> Drawing:
    """Lay out a network: layers upward, steps to the right, states at both sides."""
    boxes = {node: _box(node, network) for node in _nodes(network)}
    arrows = [one for one in network.arrows if {one.edge.source, one.edge.target} <= boxes.keys()]
    shown = sorted(arrows, key=lambda one: one.status == "there", reverse=True)  # odd ones on top
    several = {(one.edge.source, one.edge.target) for one in arrows if one.edge.part == "C"}
    lines = tuple(
        _line(one.edge, one.status, boxes, (one.edge.source, one.edge.target) in several)
        for one in shown
    )
    told = dict.fromkeys(
        _relation(one.edge, one.status) for one in arrows if one.status in ("missing", "extra")
    )
    return Drawing(
        width=_LEFT + _COLUMN * (network.steps + 1) + 44,
        height=_y(0, network) + _MARGIN,
        boxes=tuple(boxes.values()),
        lines=lines,
        relations=tuple(sorted(told, key=lambda one: one.target == "new")),
        statuses=frozenset(one.status for one in arrows),
    )


def _nodes(network: Unrolled) -> Iterator[Node]:
    steps = range(1, network.steps + 1)
    for step in steps:
        yield Node(kind="input", step=step)
    for layer in range(1, len(network.cells) + 1):
        yield Node(kind="old", layer=layer)
        yield from (Node(kind="layer", layer=layer, step=step) for step in steps)
        yield Node(kind="new", layer=layer)
    for step in steps:
        yield Node(kind="output", step=step)


def _box(node: Node, network: Unrolled) -> Box:
    column = {"old": 0, "new": network.steps + 1}.get(node.kind, node.step)
    row = {"input": 0, "output": len(network.cells) + 1}.get(node.kind, node.layer)
    return Box(node, _LEFT + _COLUMN * column, _y(row, network), *_HALF[node.kind])


def _y(row: int, network: Unrolled) -> float:
    return _MARGIN + _ROW * (len(network.cells) + 1 - row)


def _line(edge: Edge, status: Status, boxes: dict[Node, Box], two: bool) -> Line:
    start, end = boxes[edge.source], boxes[edge.target]
    shift = 0.0 if not two else _APART if edge.part == "C" else -_APART
    others = [box for box in boxes.values() if box not in (start, end)]
    points = _points(start, end, 0.0, shift)
    for bend in _BENDS:
        if not _meets(points, others):
            break
        points = _points(start, end, bend, shift)
    shown = _between(points, start, end)
    path = "M" + " L".join(f"{x:.1f},{y:.1f}" for x, y in shown)
    return Line(path, status, edge.part if two else "", shown[len(shown) // 2])


def _points(start: Box, end: Box, bend: float, shift: float) -> list[Point]:
    """Points of a curve from middle to middle, bent and shifted to its side."""
    across, down = end.x - start.x, end.y - start.y
    length = math.hypot(across, down)
    aside = (-down / length, across / length)
    points = []
    for number in range(_SAMPLES + 1):
        share = number / _SAMPLES
        off = shift + bend * (1 - (2 * share - 1) ** 4)
        points.append(
            (start.x + across * share + off * aside[0], start.y + down * share + off * aside[1])
        )
    return points


def _meets(points: list[Point], others: list[Box]) -> bool:
    return any(box.holds(point, 2 * _GAP) for box in others for point in points)


def _between(points: list[Point], start: Box, end: Box) -> list[Point]:
    """The part of a curve outside of both boxes, straight ones as two points."""
    fine = [
        (one[0] + (two[0] - one[0]) * part / 8, one[1] + (two[1] - one[1]) * part / 8)
        for one, two in pairwise(points)
        for part in range(8)
    ]
    free = [p for p in fine if not start.holds(p, _GAP) and not end.holds(p, _GAP)] or fine
    return [*free[::8], free[-1]] if _is_bent(free) else [free[0], _middle(free), free[-1]]


def _is_bent(points: list[Point]) -> bool:
    middle, ends = points[len(points) // 2], _middle([points[0], points[-1]])
    return math.dist(middle, ends) > 2 * _GAP


def _middle(points: list[Point]) -> Point:
    first, last = points[0], points[-1]
    return (first[0] + last[0]) / 2, (first[1] + last[1]) / 2


def _relation(edge: Edge, status: Status) -> Relation:
    source, target = edge.source, edge.target
    last = target.step or source.step  # the returned state belongs to the last step
    when: Literal["now", "before", "given", "other"] = "other"
    if source.step == last and source.kind != "old":
        when = "now"
    elif source.kind == "old":
        when = "before" if target.step == 1 else "given"
    elif source.kind == "layer" and source.step == last - 1:
        when = "before"
    return Relation(
        status=status,
        target="layer"
        if target.kind == "layer"
        else "output"
        if target.kind == "output"
        else "new",
        target_layer=target.layer,
        source="input" if source.kind == "input" else "layer",
        source_layer=source.layer,
        part=edge.part,
        when=when,
    )
