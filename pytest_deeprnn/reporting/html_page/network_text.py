"""The drawing of an unrolled network as plain text: layers upward, steps to the right."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_deeprnn.core.network_graph import Node, Status, Unrolled, before

_ACROSS: dict[Status | None, str] = {
    "there": "──▶",
    "missing": " ✗ ",
    "unknown": " ? ",
    "extra": "══▶",
    None: "   ",
}
_UP: dict[Status | None, str] = {
    "there": "▲",
    "missing": "✗",
    "unknown": "?",
    "extra": "║",
    None: " ",
}
_NAMES = {"rnn": "RNN", "gru": "GRU", "lstm": "LSTM", "": "?"}
_WIDTH = 5  # of a node; the longest name and a step's letter fit
#: Of several values between two nodes the worst is shown.
_WORST: tuple[Status, ...] = ("missing", "extra", "unknown", "there")


def sketch(network: Unrolled) -> str:
    """Draw the arrows between neighbours; all others are told in sentences only.

    An arrow that is missing is a cross, one that could not be seen a question mark.
    """
    return "\n".join(line.rstrip() for line in _lines(network))


def _lines(network: Unrolled) -> Iterator[str]:
    steps = range(1, network.steps + 1)
    depth = len(network.cells)
    yield _row("", ["", *(f"O{step}" for step in steps)])
    for layer in range(depth, 0, -1):
        above = [_above(network, layer, step) for step in steps]
        yield _row("", ["", *(_UP[_status(network, _here(layer, s), n)] for s, n in above)])
        yield _layer(network, layer)
    below = [(Node(kind="input", step=step), _here(1, step)) for step in steps]
    yield _row("", ["", *(_UP[_status(network, *pair)] for pair in below)])
    yield _row("", ["", *(f"X{step}" for step in steps)])


def _above(network: Unrolled, layer: int, step: int) -> tuple[int, Node]:
    """The step, and what should get a layer's new H at it."""
    top = layer == len(network.cells)
    return step, Node(kind="output", step=step) if top else _here(layer + 1, step)


def _layer(network: Unrolled, layer: int) -> str:
    name = _NAMES[network.cells[layer - 1]]
    state = "H, C" if network.cells[layer - 1] == "lstm" else "H"
    text = f"{f'layer {layer}':9}{state:^{_WIDTH}}"
    for step in range(1, network.steps + 1):
        arrow = _ACROSS[_status(network, before(layer, step), _here(layer, step))]
        text += f"{arrow}{name:^{_WIDTH}}"
    last = _status(network, _here(layer, network.steps), Node(kind="new", layer=layer))
    return f"{text}{_ACROSS[last]}{state:^{_WIDTH}}"


def _here(layer: int, step: int) -> Node:
    return Node(kind="layer", layer=layer, step=step)


def _status(network: Unrolled, source: Node, target: Node) -> Status | None:
    found = {
        one.status
        for one in network.arrows
        if (one.edge.source, one.edge.target) == (source, target)
    }
    return next((status for status in _WORST if status in found), None)


def _row(title: str, cells: list[str]) -> str:
    between = " " * len(_ACROSS[None])
    return f"{title:9}" + between.join(f"{cell:^{_WIDTH}}" for cell in cells)
