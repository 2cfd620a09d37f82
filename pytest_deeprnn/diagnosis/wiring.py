"""What the measured wiring says where it is not the one asked for."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_deeprnn.alignment.align import Alignment
from pytest_deeprnn.checks.outcome import Finding
from pytest_deeprnn.exercise import Cell

_NAMES: dict[Cell, str] = {
    "rnn": "a plain tanh layer",
    "gru": "a GRU layer",
    "lstm": "an LSTM layer",
}
_READS = {
    "inputs": ("wrong-layer-input", "the network's input"),
    "lower": ("wrong-layer-input", "a layer further down"),
    "memory": ("wrong-layer-input", "the memory C of the layer below instead of its H"),
    "stale": ("stale-layer-input", "the layer below as it was one step earlier"),
}


def wrong_cells(alignment: Alignment, asked: list[Cell]) -> tuple[Finding, ...]:
    """Layers that are another cell than asked for; exact where the reference reproduces them."""
    return tuple(
        Finding(
            "wrong-cell",
            f"layer {number} behaves exactly like {_NAMES[found]}; {_NAMES[wanted]} is asked for",
            number,
            exact=alignment.proven,
        )
        for number, (found, wanted) in enumerate(zip(alignment.cells, asked, strict=False), start=1)
        if found != wanted
    )


def explain(alignment: Alignment, asked: list[Cell]) -> tuple[Finding, ...]:
    """All that the wiring shows, lowest layer first."""
    return (*wrong_cells(alignment, asked), *_layers(alignment), *_output(alignment))


def _layers(alignment: Alignment) -> Iterator[Finding]:
    for number, layer in enumerate(alignment.naming.layers, start=1):
        if layer.found.activation != "tanh":
            yield Finding(
                "wrong-activation",
                f"layer {number} applies {layer.found.activation} where tanh is asked for",
                number,
            )
        if number > 1 and layer.reads in _READS:
            code, what = _READS[layer.reads]
            yield Finding(code, f"layer {number} reads {what}", number)
        if not layer.recurrent:
            yield Finding("no-recurrence", f"layer {number} does not read its old state", number)


def _output(alignment: Alignment) -> Iterator[Finding]:
    naming = alignment.naming
    if naming.output_from is not None and naming.output_from < len(naming.layers):
        yield Finding(
            "output-wrong-layer",
            f"the output layer reads layer {naming.output_from} of {len(naming.layers)}",
            naming.output_from,
        )


def unexplained(alignment: Alignment, asked: list[Cell]) -> Finding:
    """The lowest layer that is not recognised, where nothing better is known."""
    number = len(alignment.naming.layers) + 1
    if number > len(asked):
        return Finding("cell-update", "the output layer is not a product with the last layer's H")
    return Finding(
        "cell-update",
        f"layer {number} reads its inputs but is not combined as {_NAMES[asked[number - 1]]} is",
        number,
    )
