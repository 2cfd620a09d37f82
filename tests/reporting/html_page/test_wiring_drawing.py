"""The drawing of a network: where its arrows go, and what is said of them in words."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from pytest_deeprnn.core.network_graph import Cell, Edge, Node, Unrolled, as_it_should_be, compared
from pytest_deeprnn.core.report import Report
from pytest_deeprnn.reporting.html_page.network_drawing import Drawing, draw
from pytest_deeprnn.reporting.html_page.page import render

CELLS = [("rnn",), ("gru", "gru"), ("lstm", "lstm", "lstm"), ("gru", "rnn", "lstm", "lstm")]


def layer(number: int, step: int) -> Node:
    """A layer at a step."""
    return Node(kind="layer", layer=number, step=step)


def unrolled(cells: tuple[Cell, ...], extra: set[Edge], missing: set[Edge]) -> Unrolled:
    """A network with these odd arrows."""
    wanted = set(as_it_should_be(cells))
    arrows = compared(wanted, wanted - missing | extra, set())
    return Unrolled(cells=cells, steps=3, proven=True, arrows=arrows)


SKIPPING = {Edge(source=Node(kind="input", step=t), target=layer(2, t)) for t in (1, 2, 3)}
LOST = {Edge(source=layer(1, t), target=layer(2, t)) for t in (1, 2, 3)}


def points(path: str) -> list[tuple[float, float]]:
    """The points of an arrow's path."""
    return [(float(x), float(y)) for x, y in re.findall(r"([-\d.]+),([-\d.]+)", path)]


def crossed(drawing: Drawing) -> list[str]:
    """Paths of which a point lies in a box."""
    return [
        line.path
        for line in drawing.lines
        if any(box.holds(point, -1) for box in drawing.boxes for point in points(line.path))
    ]


@pytest.mark.parametrize("cells", CELLS)
def test_no_arrow_runs_through_a_node(cells: tuple[Cell, ...]) -> None:
    top = len(cells)
    far = {
        Edge(source=Node(kind="input", step=1), target=Node(kind="output", step=1)),
        Edge(source=Node(kind="old", layer=1), target=Node(kind="new", layer=1)),
        Edge(source=Node(kind="input", step=3), target=layer(top, 3)),
    }
    drawing = draw(unrolled(cells, far, set()))
    assert len(drawing.lines) == len(set(as_it_should_be(cells)) | far)
    assert crossed(drawing) == []


@pytest.mark.parametrize("cells", CELLS)
def test_everything_lies_in_the_drawing(cells: tuple[Cell, ...]) -> None:
    drawing = draw(unrolled(cells, SKIPPING if len(cells) > 1 else set(), set()))
    inside = [point for line in drawing.lines for point in points(line.path)]
    inside += [(box.x + box.half_width, box.y + box.half_height) for box in drawing.boxes]
    assert all(0 < x < drawing.width and 0 < y < drawing.height for x, y in inside)


def test_memory_and_hidden_state_are_two_arrows() -> None:
    drawing = draw(unrolled(("lstm",), set(), set()))
    paths = [line.path for line in drawing.lines]
    assert len(set(paths)) == len(paths) == 4 * 2 + 3 + 3


def test_steps_that_say_the_same_are_told_once(failing: Report) -> None:
    network = unrolled(("gru", "gru"), SKIPPING, LOST)
    html = render(replace(failing, wiring=network), {})
    assert html.count("Layer 2 gets the token of the same step.") == 1
    assert html.count("Layer 2 does not get H of layer 1 of the same step.") == 1
    assert html.count('<path class="arrow extra"') == len(SKIPPING) + 1  # and one in the legend
    assert html.count('<path class="arrow missing"') == len(LOST) + 1


def test_a_right_network_is_said_to_be_one(failing: Report) -> None:
    html = render(replace(failing, wiring=unrolled(("lstm",), set(), set())), {})
    assert "All values reach the places that they should reach" in html
    assert 'class="arrow missing"' not in html
