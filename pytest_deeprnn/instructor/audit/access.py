"""How forward gets at the parameters: what it unpacks, and what each weight is called then."""

from __future__ import annotations

from collections.abc import Callable

from pytest_deeprnn.instructor.audit.network import Network
from pytest_deeprnn.instructor.audit.parameters import key, suffix
from pytest_deeprnn.instructor.audit.style import Style
from pytest_deeprnn.instructor.audit.text import bracketed

Weigh = Callable[[str], str]


def head_lines(network: Network, style: Style) -> list[str]:
    """Lines that name the output layer's parameters, where they need a line."""
    if style.holder == "groups":
        return ["W_hq, b_q = params[-1]"]
    by_hand = network.form != "any"
    return ["W_hq, b_q = params[-2:]"] if style.holder == "flat" and not by_hand else []


def head(style: Style) -> Weigh:
    """What the output layer's weights are called."""
    if style.holder == "dicts":
        return lambda name: f"params[-1][{key(name, style)!r}]"
    if style.holder == "record":
        return lambda name: f"params.{name}"
    return lambda name: name


def count(network: Network, style: Style) -> str:
    """How many layers the parameters are for."""
    if style.holder == "flat":
        return f"(len(params) - 2) // {len(network.layers[0].weights)}"
    return "len(params.layers)" if style.holder == "record" else "len(params) - 1"


def layer_lines(network: Network, style: Style, layer: str) -> list[str]:
    """Lines in a loop that name the parameters of the layer with this number."""
    names = [weight.name for weight in network.layers[0].weights]
    if style.holder in ("dicts", "record"):
        return [f"p = params{'.layers' if style.holder == 'record' else ''}[{layer}]"]
    if style.holder == "groups":
        return unpacked(names, f"params[{layer}]")
    start = f"{len(names)} * {layer}"
    return unpacked(names, f"params[{start}:{start} + {len(names)}]")


def unpacked(names: list[str], value: str) -> list[str]:
    """An assignment of several values to names, in brackets where they are many."""
    one = f"{', '.join(names)} = {value}"
    return [one] if len(one) <= 92 else bracketed("(", names, f") = {value}")


def all_lines(network: Network, style: Style) -> list[str]:
    """Lines that name the parameters of all layers, where these are written one by one."""
    if style.holder in ("dicts", "record"):
        names = [f"p{suffix(network, layer)}" for layer in network.numbers]
        where = "params.layers" if style.holder == "record" else "params[:-1]"
        return [f"{', '.join(names)}{',' if len(names) == 1 else ''} = {where}"]
    groups = [
        [f"{weight.name}{suffix(network, number)}" for weight in layer.weights]
        for number, layer in enumerate(network.layers)
    ]
    if style.holder == "groups":
        return [
            line
            for number, names in enumerate(groups)
            for line in unpacked(names, f"params[{number}]")
        ]
    return unpacked([*(name for names in groups for name in names), "W_hq", "b_q"], "params")


def weigh(style: Style, end: str = "") -> Weigh:
    """What a layer's weights are called; `end` belongs to the layer."""
    if style.holder == "dicts":
        return lambda name: f"p{end}[{key(name, style)!r}]"
    if style.holder == "record":
        return lambda name: f"p{end}.{name}"
    return lambda name: f"{name}{end}"
