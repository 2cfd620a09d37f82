"""The text of forward with a loop over as many layers as there are parameters for."""

from __future__ import annotations

from pytest_deeprnn.instructor.audit import access, cell, logits, states
from pytest_deeprnn.instructor.audit.errors import Inexpressible
from pytest_deeprnn.instructor.audit.network import Network
from pytest_deeprnn.instructor.audit.style import Style
from pytest_deeprnn.instructor.audit.text import in_words, indented


def make(network: Network, style: Style) -> list[str]:
    """The function; raises Inexpressible."""
    return _Loop(network, style).lines()


class _Loop:
    def __init__(self, network: Network, style: Style) -> None:
        self._network = network
        self._style = style
        self._number = style.local("layer")
        self._lists = states.lists(style, network.parts(0))
        self._below = style.local("below")
        self._parts = [style.local(part) for part in ("H", "C")[: network.parts(0)]]

    def lines(self) -> list[str]:
        network, style = self._network, self._style
        outputs, step = style.local("outputs"), style.local("X")
        return [
            f"def {style.functions[2]}(inputs, state, params):",
            *indented(access.head_lines(network, style)),
            *indented(states.opened(network, style)),
            f"    {outputs} = []",
            f"    for {step} in {network.wires.inputs}:",
            *indented(self._step(), 2),
            *indented(logits.after_steps(network, style)),
            f"    {logits.returned(network, style, states.closed(network, style))}",
        ]

    def _step(self) -> list[str]:
        shown = self._said(self._network.wires.shown_to_output, None)
        body = [
            f"{self._below} = {self._style.local('X')}",
            f"for {self._number} in range({access.count(self._network, self._style)}):",
            *indented(self._layer()),
            *self._after(),
            logits.each_step(self._network, self._style, shown),
        ]
        return [*self._before("\n".join(body)), *body]

    def _before(self, body: str) -> list[str]:
        """What a step starts with; old states are kept only where they are still read."""
        crossed = [f"    {one} = {self._turned(one)}" for one in self._lists]
        found = []
        if self._network.wires.crossed:
            found += [f"if {self._style.local('outputs')}:", *crossed]
        appends = self._style.update == "append"
        copied = "{}" if appends else "list({})"
        kept = [one for one in self._lists if f"old_{one}" in body]
        found += [f"old_{one} = {copied.format(one)}" for one in kept]
        return [*found, *(f"new_{one} = []" for one in self._lists if appends)]

    def _turned(self, name: str) -> str:
        stacked = states.lying(self._network, self._style) == "stacked"
        return f"{name}.flip(0)" if stacked else f"{name}[::-1]"

    def _layer(self) -> list[str]:
        network, style = self._network, self._style
        found = [] if style.helper else access.layer_lines(network, style, self._number)
        for part, name in enumerate(self._parts):
            own = [f"carried[{layer}][{part}]" for layer in network.numbers]
            taken = [network.wires.taken_by(layer, part) for layer in network.numbers]
            found += self._assigned(name, taken, own)
        below = ["below"] * network.depth
        read = [network.wires.read_by(layer) for layer in network.numbers]
        found += self._assigned(self._below, read, below)
        found += self._cell() if style.helper else self._equations()
        return [*found, *self._kept(), f"{self._below} = {self._parts[0]}"]

    def _assigned(self, name: str, texts: list[str], usual: list[str]) -> list[str]:
        """A line that sets a name, and conditions for layers that have something else."""
        general = [self._said(one, layer, True) for layer, one in enumerate(texts)]
        exact = [self._said(one, layer) for layer, one in enumerate(texts)]
        plain = self._said(usual[-1], len(texts) - 1, True)
        if len(set(general)) == 1:
            return [f"{name} = {general[0]}"] if general[0] != name else []
        found = [f"{name} = {plain}"] if plain != name else []
        upper = next((g for g in (general, exact) if len(set(g[1:])) == 1), exact)
        if len(set(upper[1:])) == 1 and upper[1] != plain:
            found += [f"if {self._number} > 0:", f"    {name} = {upper[1]}"]
            exact = [exact[0]] + [plain] * (len(texts) - 1)
        for layer, text in enumerate(exact):
            if general[layer] != plain and text != plain:
                found += [f"if {self._number} == {layer}:", f"    {name} = {text}"]
        return found

    def _cell(self) -> list[str]:
        names = cell.functions(self._network, self._style)
        given = f"{', '.join([self._below, *self._parts])}, params[{self._number}]"
        result = ", ".join(self._parts)
        calls = [f"{result} = {names[layer]}({given})" for layer in self._network.layers]
        return cell.branches(calls, self._number)

    def _equations(self) -> list[str]:
        names = dict(zip(("H", "C"), self._parts, strict=False))
        own = {**names, "X": self._below, "H_t": self._parts[0], "C_t": self._parts[-1]}
        keeps = len(self._parts) == 2 and any(map(cell.keeps_old_memory, self._network.layers))
        said = cell.words(self._style, access.weigh(self._style), own, "", keeps)
        found = cell.in_loop(self._network, said, self._number)
        return [*found, f"{own['C']} = {own['C']}_new"] if keeps else found

    def _kept(self) -> list[str]:
        pairs = list(zip(self._lists, self._parts, strict=True))
        if self._style.update == "append":
            return [f"new_{one}.append({part})" for one, part in pairs]
        kept = "{}[{}].copy_({})" if self._network.setup.mutates else "{}[{}] = {}"
        return [kept.format(one, self._number, part) for one, part in pairs]

    def _after(self) -> list[str]:
        """What a step ends with: the new states become the old ones."""
        found = []
        if self._style.update == "append":
            stacked = states.lying(self._network, self._style) == "stacked"
            new = "torch.stack(new_{})" if stacked else "new_{}"
            found = [f"{one} = {new.format(one)}" for one in self._lists]
        if self._network.setup.detached:
            stacked = states.lying(self._network, self._style) == "stacked"
            cut = "{0} = {0}.detach()" if stacked else "{0} = [one.detach() for one in {0}]"
            found += [cut.format(one) for one in self._lists]
        return found

    def _said(self, text: str, layer: int | None, general: bool = False) -> str:
        """An expression of the wires; in general words it does not name the layer's number."""

        def slot(kind: str, number: int, part: int) -> str:
            where = self._where(number, layer, general)
            if kind == "given":
                return states.given(self._network, self._style, where, part)
            return f"{self._list(kind, number, layer, part)}[{where}]"

        return in_words(text, self._name, access.head(self._style), slot)

    def _name(self, name: str) -> str:
        return self._style.local("outputs") if name == "hiddens" else self._style.local(name)

    def _where(self, number: int, layer: int | None, general: bool) -> str:
        if layer is None and number > 0:
            raise Inexpressible("a network of any depth may have no such layer")
        if layer is not None and number > layer:
            raise Inexpressible("a network of any depth may have no layer above")
        if number == layer and number >= 0:
            return self._number
        if general and layer is not None and number >= 0:
            return f"{self._number} - {layer - number}"
        return str(number)

    def _list(self, kind: str, number: int, layer: int | None, part: int) -> str:
        """The list that holds a part; written in place, old values are found in a copy."""
        name = self._lists[part]
        if self._style.update == "append":
            ended = layer is None and kind == "new"  # new lists have become the lists by then
            old = layer is None and kind == "carried"
            return f"old_{name}" if old else name if ended or kind == "carried" else f"new_{name}"
        overwritten = layer is None or (0 <= number < layer)
        return f"old_{name}" if kind == "carried" and overwritten else name
