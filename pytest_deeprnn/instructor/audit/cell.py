"""The text of one layer's step in a style's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pytest_deeprnn.instructor.audit.access import Weigh
from pytest_deeprnn.instructor.audit.network import Network
from pytest_deeprnn.instructor.audit.style import Style
from pytest_deeprnn.instructor.audit.sums import Written
from pytest_deeprnn.instructor.audit.text import in_words, indented


@dataclass(frozen=True)
class Words:
    """A layer's names: those of the equations, and those that the new H and C get."""

    names: Mapping[str, str]
    weigh: Weigh
    style: Style

    def say(self, text: str) -> str:
        """An expression in these words."""
        return in_words(text, lambda n: self.names.get(n, n), self.weigh, None, self.style.product)


def keeps_old_memory(written: Written) -> bool:
    """Whether the old memory is still read once the new one is there."""
    return "C" in written.lines[-1].names


def words(
    style: Style, weigh: Weigh, own: Mapping[str, str], end: str, keeps: bool = False
) -> Words:
    """The words of one layer; `own` are X, H and C, `end` belongs to the layer.

    New values overwrite the old ones, except for a memory that is still needed.
    """
    local = {name: f"{style.local(name)}{end}" for name in _COMPUTED}
    cut = {f"{letter}_{gate}": f"{letter}_{gate}{end}" for letter in "xhb" for gate in "rzhifoc"}
    new = {"H_t": own["H_t"], "C_t": f"{own['C_t']}_new" if keeps else own["C_t"]}
    return Words({**cut, **local, **own, **new}, weigh, style)


_COMPUTED = ("R_t", "Z_t", "H_tilde", "I_t", "F_t", "O_t", "C_tilde")


def lines(written: Written, said: Words) -> list[str]:
    """All lines of the step."""
    return [
        *before(written, said),
        *(f"{said.say(one.target)} = {said.say(one.value)}" for one in written.lines),
    ]


def before(written: Written, said: Words) -> list[str]:
    """The products of all gates at once, where the style makes these."""
    pairs = (line.split(" = ") for line in written.before)
    return [f"{_said_names(names, said)} = {said.say(value)}" for names, value in pairs]


def _said_names(names: str, said: Words) -> str:
    return ", ".join(said.say(name) for name in names.split(", "))


def in_loop(network: Network, said: Words, number: str) -> list[str]:
    """The lines of all layers' steps in one loop; where layers differ, with a condition."""
    first = network.layers[0]
    found = before(first, said)
    for place, line in enumerate(first.lines):
        values = [layer.lines[place].value for layer in network.layers]
        name = said.say(line.target)
        found += branches([f"{name} = {said.say(value)}" for value in values], number)
    return found


def branches(texts: list[str], number: str) -> list[str]:
    """One line a layer, as a condition on the layer's number where they are not all the same."""
    usual = Counter(texts).most_common(1)[0][0]
    others = {text: None for text in texts if text != usual}
    found, word = [], "if"
    for text in others:
        found += [f"{word} {condition(texts, text, number)}:", *indented([text])]
        word = "elif"
    return [*found, "else:", *indented([usual])] if found else [usual]


def condition(texts: list[str], text: str, number: str) -> str:
    """Which layers have this text."""
    having = [layer for layer, one in enumerate(texts) if one == text]
    if having == list(range(1, len(texts))) and len(texts) > 2:
        return f"{number} > 0"
    return f"{number} == {having[0]}" if len(having) == 1 else f"{number} in {tuple(having)}"


def functions(network: Network, style: Style) -> dict[Written, str]:
    """The names of the cells' functions, where the style writes cells as functions."""
    usual = Counter(network.layers).most_common(1)[0][0]
    found: dict[Written, str] = {}
    for layer in (usual, *network.layers):
        taken = sum(one.cell == layer.cell for one in found)
        found.setdefault(layer, f"{layer.cell}_cell{f'_{taken + 1}' if taken else ''}")
    return found


def function(
    written: Written, name: str, style: Style, unpack: Callable[[Written], list[str]], weigh: Weigh
) -> list[str]:
    """A cell as a function of its input, its old state and its weights."""
    parts = {"H": style.local("H"), "C": style.local("C")}
    memory = written.cell == "lstm"
    keeps = memory and keeps_old_memory(written)
    own = {"X": style.local("X"), **parts, "H_t": parts["H"], "C_t": parts["C"]}
    said = words(style, weigh, own, "", keeps)
    given = [own["X"], parts["H"], *([parts["C"]] if memory else []), "weights"]
    result = [said.say("H_t"), *([said.say("C_t")] if memory else [])]
    body = [*unpack(written), *lines(written, said), f"return {', '.join(result)}"]
    return [f"def {name}({', '.join(given)}):", *indented(body)]
