"""The text of forward with its layers written one after another."""

from __future__ import annotations

import re

from pytest_deeprnn.instructor.audit import access, cell, logits, states
from pytest_deeprnn.instructor.audit.network import Network
from pytest_deeprnn.instructor.audit.parameters import suffix
from pytest_deeprnn.instructor.audit.style import Style
from pytest_deeprnn.instructor.audit.text import in_words, indented


def make(network: Network, style: Style) -> list[str]:
    """The function; raises Inexpressible."""
    return _ByHand(network, style).lines()


class _ByHand:
    def __init__(self, network: Network, style: Style) -> None:
        self._network = network
        self._style = style
        self._names = states.names_by_hand(network, style)

    def lines(self) -> list[str]:
        network, style = self._network, self._style
        unpacked = [] if style.helper else access.all_lines(network, style)
        return [
            f"def {style.functions[2]}(inputs, state, params):",
            *indented(unpacked),
            *indented(access.head_lines(network, style)),
            *indented(states.opened_by_hand(network, style)),
            f"    {style.local('outputs')} = []",
            f"    for {style.local('X')} in {network.wires.inputs}:",
            *indented(self._step(), 2),
            *indented(logits.after_steps(network, style)),
            f"    {logits.returned(network, style, states.closed_by_hand(network, style))}",
        ]

    def _step(self) -> list[str]:
        network, style = self._network, self._style
        body = [line for layer in network.numbers for line in self._layer(layer)]
        shown = self._said(network.wires.shown_to_output, network.depth)
        body += [*self._detached(), logits.each_step(network, style, shown)]
        text = "\n".join(body)
        all_names = [name for names in self._names for name in names]
        old = [f"old_{name} = {name}" for name in all_names if _is_read(f"old_{name}", text)]
        return [*self._crossed(), *old, *body]

    def _crossed(self) -> list[str]:
        if not self._network.wires.crossed:
            return []
        turned = ", ".join(name for names in self._names[::-1] for name in names)
        straight = ", ".join(name for names in self._names for name in names)
        return [f"if {self._style.local('outputs')}:", f"    {straight} = {turned}"]

    def _detached(self) -> list[str]:
        if not self._network.setup.detached:
            return []
        return [f"{name} = {name}.detach()" for names in self._names for name in names]

    def _layer(self, layer: int) -> list[str]:
        network, style = self._network, self._style
        found, own = [], {}
        for part, name in zip(("H", "C"), self._names[layer], strict=False):
            number = 1 if part == "C" else 0
            taken = self._said(network.wires.taken_by(layer, number), layer)
            own[part] = taken if taken.isidentifier() else name
            found += [] if taken.isidentifier() else [f"{name} = {taken}"]
        read = self._said(network.wires.read_by(layer), layer)
        own["X"] = read if read.isidentifier() else f"{style.local('X')}{layer + 1}"
        found += [] if read.isidentifier() else [f"{own['X']} = {read}"]
        made = self._cell(layer, own) if style.helper else self._equations(layer, own)
        return [*found, *made]

    def _cell(self, layer: int, own: dict[str, str]) -> list[str]:
        name = cell.functions(self._network, self._style)[self._network.layers[layer]]
        given = [own["X"], *(own[part] for part in ("H", "C") if part in own)]
        result = ", ".join(self._names[layer])
        return [f"{result} = {name}({', '.join(given)}, params[{layer}])"]

    def _equations(self, layer: int, own: dict[str, str]) -> list[str]:
        written, names = self._network.layers[layer], self._names[layer]
        end = suffix(self._network, layer)
        keeps = len(names) == 2 and cell.keeps_old_memory(written)
        new = {"H_t": names[0], "C_t": names[-1]}
        said = cell.words(self._style, access.weigh(self._style, end), {**own, **new}, end, keeps)
        found = cell.lines(written, said)
        return [*found, f"{names[1]} = {names[1]}_new"] if keeps else found

    def _said(self, text: str, layer: int) -> str:
        """An expression of the wires before a layer, or after the last one."""
        below = self._names[layer - 1][0] if layer else self._style.local("X")

        def name(word: str) -> str:
            words = {"below": below, "hiddens": self._style.local("outputs")}
            return words.get(word, self._style.local(word))

        def slot(kind: str, number: int, part: int) -> str:
            number %= self._network.depth
            if kind == "given":
                return states.given(self._network, self._style, str(number), part)
            is_old = kind == "carried" and number < layer
            return f"old_{self._names[number][part]}" if is_old else self._names[number][part]

        return in_words(text, name, access.head(self._style), slot)


def _is_read(name: str, text: str) -> bool:
    return re.search(rf"\b{name}\b", text) is not None
