"""The whole text of a generated submission."""

from __future__ import annotations

from pytest_deeprnn.instructor.audit import access, cell, looped, parameters, states, unrolled
from pytest_deeprnn.instructor.audit.network import Network
from pytest_deeprnn.instructor.audit.style import Style
from pytest_deeprnn.instructor.audit.sums import Written


def make(network: Network, style: Style) -> str:
    """Write a network in a style; raises Inexpressible where the style has no way to."""
    forward = looped if network.form == "any" else unrolled
    parts = [
        _imports(style),
        parameters.records(network, style),
        parameters.make(network, style),
        states.make(network, style),
        *_cells(network, style),
        forward.make(network, style),
    ]
    return "\n\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def _imports(style: Style) -> list[str]:
    lines = ["from typing import NamedTuple", ""] if style.holder == "record" else []
    lines.append("import torch")
    if style.product == "linear":
        lines += ["import torch.nn.functional as F", "from torch import nn"]
    return lines


def _cells(network: Network, style: Style) -> list[list[str]]:
    if not style.helper:
        return []

    def unpack(written: Written) -> list[str]:
        return access.unpacked([weight.name for weight in written.weights], "weights")

    named = cell.functions(network, style)
    weigh = access.weigh(style)
    return [
        cell.function(written, name, style, unpack, weigh)
        for written, name in named.items()
        if written in network.layers
    ]
