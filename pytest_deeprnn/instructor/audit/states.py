"""The text of init_state, and how forward takes a state apart and gives it back."""

from __future__ import annotations

from typing import Literal

from pytest_deeprnn.instructor.audit.errors import Inexpressible
from pytest_deeprnn.instructor.audit.network import Network
from pytest_deeprnn.instructor.audit.parameters import suffix
from pytest_deeprnn.instructor.audit.style import Style
from pytest_deeprnn.instructor.audit.text import indented

Lying = Literal["pairs", "flat", "stacked"]
_PLURALS = {"memory": "memories"}


def lying(network: Network, style: Style) -> Lying:
    """How the parts of the state lie: what the style would have, where this network can."""
    if network.form == "one" or not network.one_kind:
        return "flat"
    return "flat" if style.state == "stacked" and network.own_widths else style.state


def make(network: Network, style: Style) -> list[str]:
    """The function that makes the state before the first step; raises Inexpressible."""
    arguments = [style.batch, style.hiddens, style.device]
    if network.form == "any" and not network.own_widths:
        arguments.insert(2, style.count)
    head = f"def {style.functions[1]}({', '.join(arguments)}):"
    made = _one_object if network.setup.one_object else _made
    return [head, *indented(made(network, style))]


def _zeros(network: Network, style: Style, width: str, layers: str = "") -> str:
    setup = network.setup
    batch = str(setup.batch) if setup.batch else style.batch
    where = "" if setup.on_cpu else f", device={style.device}"
    shape = ", ".join(one for one in (layers, batch, width) if one)
    return f"torch.{setup.start}({shape}{where})"


def _count(network: Network, style: Style) -> str:
    if network.form != "any":
        return str(network.depth)
    return f"len({style.hiddens})" if network.own_widths else style.count


def _made(network: Network, style: Style) -> list[str]:
    how, parts = lying(network, style), network.parts(0)
    if how == "stacked":
        one = _zeros(network, style, style.hiddens, _count(network, style))
        return [f"return {one}" if parts == 1 else f"return {one}, {one}"]
    if network.form != "any":
        return [f"return {_by_hand(network, style, how)}"]
    width, over = style.hiddens, f"_ in range({style.count})"
    if network.own_widths:
        width, over = "width", f"width in {style.hiddens}"
    zeros = _zeros(network, style, width)
    if parts == 2 and how == "pairs":
        zeros = f"({zeros}, {zeros})"
    elif parts == 2:
        over += " for _ in range(2)"
    return [f"return {_sequence(style, f'{zeros} for {over}')}"]


def _sequence(style: Style, generator: str) -> str:
    return f"tuple({generator})" if style.sequence == "tuple" else f"[{generator}]"


def _by_hand(network: Network, style: Style, how: Lying) -> str:
    groups = []
    for layer in network.numbers:
        width = f"{style.hiddens}[{layer}]" if network.own_widths else style.hiddens
        groups.append([_zeros(network, style, width)] * network.parts(layer))
    return _written(style, how, groups)


def _written(style: Style, how: Lying, groups: list[list[str]]) -> str:
    """A container with these texts for each layer's parts."""
    rows = [one for group in groups for one in group]
    if how == "stacked":
        parts = [f"torch.stack(({', '.join(part)}))" for part in zip(*groups, strict=True)]
        return parts[0] if len(parts) == 1 else f"({', '.join(parts)})"
    if how == "pairs" and len(groups[0]) == 2:
        rows = [f"({', '.join(group)})" for group in groups]
    if style.sequence == "list":
        return f"[{', '.join(rows)}]"
    return f"({', '.join(rows)}{',' if len(rows) == 1 else ''})"


def _one_object(network: Network, style: Style) -> list[str]:
    """One tensor for several states."""
    how, parts = lying(network, style), network.parts(0)
    if network.own_widths or (parts == 1 and (network.form == "one" or how == "stacked")):
        raise Inexpressible("no two states can be one tensor here")
    if how == "stacked":
        one = _zeros(network, style, style.hiddens, _count(network, style))
        return [f"H = {one}", "return H, H"]
    lines = [f"H = {_zeros(network, style, style.hiddens)}"]
    if network.form != "any":
        groups = [["H"] * network.parts(layer) for layer in network.numbers]
        return [*lines, f"return {_written(style, how, groups)}"]
    element = "(H, H)" if parts == 2 and how == "pairs" else "H"
    count = f"2 * {style.count}" if parts == 2 and how == "flat" else style.count
    row = f"[{element}] * {count}"
    return [*lines, f"return {f'tuple({row})' if style.sequence == 'tuple' else row}"]


def lists(style: Style, parts: int) -> list[str]:
    """The names of the lists that hold all layers' H, and C, inside forward."""
    names = [style.local(part) for part in ("H", "C")[:parts]]
    return [_PLURALS.get(name, f"{name}s") for name in names]


def opened(network: Network, style: Style) -> list[str]:
    """Lines that take the state apart into lists over the layers."""
    names, how = lists(style, network.parts(0)), lying(network, style)
    if network.setup.mutates and style.update != "place":
        raise Inexpressible("no state is written into")
    if how == "stacked":
        return [f"{', '.join(names)} = state"]
    if len(names) == 1:
        return [f"{names[0]} = list(state)"]
    if how == "flat":
        return [f"{names[0]}, {names[1]} = list(state[0::2]), list(state[1::2])"]
    return [f"{name} = [pair[{part}] for pair in state]" for part, name in enumerate(names)]


def closed(network: Network, style: Style) -> str:
    """What forward gives back, from the lists over the layers."""
    names, how = lists(style, network.parts(0)), lying(network, style)
    lacks = "[:-1]" if network.setup.state == "lacks last" else ""
    if how == "stacked":
        parts = [f"{name}{lacks}" for name in names]
        return parts[0] if len(parts) == 1 else f"({', '.join(parts)})"
    make_ = style.sequence
    if len(names) == 1:
        return f"{make_}({names[0]}{lacks})"
    if how == "pairs":
        return f"{make_}(zip({', '.join(names)})){lacks}"
    return _sequence(style, f"part for pair in zip({', '.join(names)}) for part in pair") + (
        lacks and "[:-2]"
    )


def given(network: Network, style: Style, layer: str, part: int) -> str:
    """One part of the state that forward was given."""
    how, parts = lying(network, style), network.parts(0)
    if how == "stacked" and parts == 2:
        return f"state[{part}][{layer}]"
    if network.form != "any" and how == "flat":
        number = int(layer)
        return f"state[{sum(network.parts(one) for one in range(number)) + part}]"
    if parts == 1:
        return f"state[{layer}]"
    if how == "pairs":
        return f"state[{layer}][{part}]"
    return f"state[2 * {layer}{' + 1' if part else ''}]"


def names_by_hand(network: Network, style: Style) -> list[list[str]]:
    """The variables of each layer's parts where the layers are written one by one."""
    return [
        [
            f"{style.local(part)}{suffix(network, layer)}"
            for part in ("H", "C")[: network.parts(layer)]
        ]
        for layer in network.numbers
    ]


def opened_by_hand(network: Network, style: Style) -> list[str]:
    """Lines that take the state apart into a variable each."""
    groups, how = names_by_hand(network, style), lying(network, style)
    if network.setup.mutates:
        raise Inexpressible("no state is written into")
    if how == "stacked" and len(groups[0]) == 2:
        halves = [f"({', '.join(part)})" for part in zip(*groups, strict=True)]
        return [f"{', '.join(halves)} = state"]
    if how == "pairs" and len(groups[0]) == 2:
        return [f"{', '.join(f'({one}, {two})' for one, two in groups)} = state"]
    names = [name for group in groups for name in group]
    return [f"{', '.join(names)}{',' if len(names) == 1 else ''} = state"]


def closed_by_hand(network: Network, style: Style) -> str:
    """What forward gives back, from a variable each."""
    groups = names_by_hand(network, style)
    if network.setup.state == "lacks last":
        groups = [*groups[:-1], groups[-1][:-1]] if network.form == "one" else groups[:-1]
    groups = [group for group in groups if group]
    if not groups:
        raise Inexpressible("one state that is not given back is the whole state")
    return _written(style, lying(network, style), groups)
