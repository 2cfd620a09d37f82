"""Cells with one named fault, tried where a layer is none of the cells asked for.

Each formula is one twist of a cell's equation on a single unit; it counts only if it gives the
new state of every unit of the layer in all measured calls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations, permutations, product

import torch
from torch import Tensor

from pytest_deeprnn.alignment.cells import (
    ACTIVATIONS,
    CellFound,
    Gate,
    Scene,
    Twist,
    movers_of,
    old_positions,
)
from pytest_deeprnn.alignment.drafts import same
from pytest_deeprnn.alignment.formulas import GRU, HIDDEN, MEMORY, Formula, Values


def find_gru(scene: Scene) -> CellFound | None:
    """A GRU layer with one fault in the mixture or in the reset gate's product."""
    movers = movers_of(scene)
    if len(movers) < 2:
        return None
    shared = frozenset.intersection(*movers.values())
    for formula in GRU:
        units = [
            _unit(scene, formula, scene.new[:, p], p, movers[p] - shared, shared, unit)
            for unit, p in enumerate(sorted(movers))
        ]
        found = [one for one in units if one is not None]
        if len(found) == len(units):
            return _gru(scene, formula.twist, movers, found)
    return None


def _gru(
    scene: Scene,
    twist: Twist,
    movers: dict[int, frozenset[int]],
    found: list[tuple[tuple[Gate, ...], int]],
) -> CellFound | None:
    gates = [gate for unit, _ in found for gate in unit]
    old_hidden = tuple(source for _, source in found)
    resets, product_twist = _resets(scene, movers, old_hidden, gates)
    known = {gate.group for gate in gates}
    gates += [gate for gate in resets if gate.group not in known]
    chosen = twist if twist.code else product_twist
    if chosen is None or not chosen.code:
        return None
    positions = tuple(sorted(movers))
    return CellFound(
        cell="gru",
        gates=tuple(gates),
        values=tuple(scene.new[:, position] for position in positions),
        hidden=positions,
        old_hidden=old_hidden,
        twist=chosen,
    )


def _resets(
    scene: Scene,
    movers: dict[int, frozenset[int]],
    old_hidden: tuple[int, ...],
    gates: list[Gate],
) -> tuple[list[Gate], Twist | None]:
    """The reset gates, and what is wrong with their product: it feeds the candidate's sum."""
    candidates = {gate.group for gate in gates if gate.subscript == "h"}
    recurrent = {source.kind for number in candidates for _, source in scene.group(number).members}
    if "unseen" not in recurrent:
        what = "does not apply its reset gate"
        return [], Twist("gate-missing", "reset", what) if "old" in recurrent else None
    for name, activation in (("sigmoid", torch.sigmoid), *ACTIVATIONS.items()):
        named = _named_resets(scene, old_hidden, activation)
        if named is not None:
            twisted = {g.group for g in named} & {g.group for g in gates if g.subscript == "z"}
            if twisted:
                text = "multiplies the old state by its update gate where the reset gate belongs"
                return named, Twist("gate-swapped", "reset", text)
            if name == "sigmoid":
                return named, Twist("", "none", "")
            text = f"applies {name} where sigmoid belongs to the reset gate"
            return named, Twist("wrong-activation", "reset", text)
    size = len(old_hidden)
    for start in range(0, scene.old.shape[1] - size + 1, size):
        named = _named_resets(scene, tuple(range(start, start + size)), torch.sigmoid)
        if named is not None:
            text = "applies its reset gate to another layer's old state"
            return named, Twist("wrong-recurrence", "candidate", text)
    return [], Twist("cell-update", "reset", "multiplies the old state by something else than R")


def _named_resets(
    scene: Scene, old_hidden: tuple[int, ...], activation: Callable[[Tensor], Tensor]
) -> list[Gate] | None:
    gates: list[Gate] = []
    for unit, source in enumerate(old_hidden):
        for number in scene.groups:
            for sign in (1, -1):
                value = activation(sign * scene.value(number)) * scene.old[:, source]
                if any(same(value, series, 1e-6) for series in scene.unseen):
                    gates.append(Gate(number, "r", unit, sign))
                    break
            else:
                continue
            break
    return gates if len(gates) == len(old_hidden) else None


def _unit(
    scene: Scene,
    formula: Formula,
    target: Tensor,
    position: int,
    own: frozenset[int],
    shared: frozenset[int],
    unit: int,
    extra: Values | None = None,
) -> tuple[tuple[Gate, ...], int] | None:
    """The groups that serve as the formula's gates, and the old unit, if it gives the target."""
    names = formula.gates
    pool = sorted(own) + (sorted(shared) if "r" in names else [])
    if len(pool) < len(names) or len(own) > len(names):
        return None
    for numbers in permutations(pool, len(names)):
        raw = dict(zip(names, numbers, strict=True))
        for signs in _signs(formula):
            values = {
                name: ACTIVATIONS[formula.activation(name)](signs[name] * scene.value(number))
                for name, number in raw.items()
            }
            for source in old_positions(scene, position):
                old = scene.old[:, source]
                if same(formula.compute({**values, "H": old, "C": old, **(extra or {})}), target):
                    gates = tuple(Gate(raw[n], n, unit, signs[n]) for n in names)
                    return gates, source
    return None


def _signs(formula: Formula) -> Iterator[dict[str, int]]:
    """Every gate that is a sigmoid may be read as its complement."""
    choices = [(1, -1) if formula.activation(name) == "sigmoid" else (1,) for name in formula.gates]
    for signs in product(*choices):
        yield dict(zip(formula.gates, signs, strict=True))


def find_lstm(scene: Scene) -> CellFound | None:
    """An LSTM layer with one fault in the memory's or in the hidden state's equation."""
    movers = movers_of(scene)
    for pairs in _pairings(movers):
        found = _lstm(scene, movers, pairs)
        if found is not None:
            return found
    return None


def _lstm(
    scene: Scene, movers: dict[int, frozenset[int]], pairs: list[tuple[int, int]]
) -> CellFound | None:
    for memory_formula, hidden_formula in product(MEMORY, HIDDEN):
        twist = _one_fault(memory_formula, hidden_formula)
        if twist is None:
            continue
        found = [
            _lstm_unit(scene, memory_formula, hidden_formula, movers, pair, unit)
            for unit, pair in enumerate(pairs)
        ]
        units = [one for one in found if one is not None]
        if len(units) == len(pairs):
            return CellFound(
                cell="lstm",
                gates=tuple(gate for gates, _ in units for gate in gates),
                values=tuple(scene.new[:, hidden] for _, hidden in pairs),
                hidden=tuple(hidden for _, hidden in pairs),
                memory=tuple(memory for memory, _ in pairs),
                old_memory=tuple(source for _, source in units),
                memory_values=tuple(scene.new[:, memory] for memory, _ in pairs),
                twist=twist,
            )
    return None


def _pairings(movers: dict[int, frozenset[int]]) -> Iterator[list[tuple[int, int]]]:
    """Memory and hidden positions of each unit: what moves the memory moves the hidden state.

    Where the same groups move both, either may be the memory.
    """
    nested = [
        (memory, hidden)
        for memory, hidden in permutations(sorted(movers), 2)
        if movers[memory] < movers[hidden]
    ]
    if nested:
        yield nested
        return
    inner = [position for position in sorted(movers) if len(movers[position]) == 3]
    outer = [position for position in sorted(movers) if len(movers[position]) == 1]
    if inner and len(inner) == len(outer):  # the hidden state does not read the new memory
        yield list(zip(inner, outer, strict=True))
        return
    twins = [pair for pair in combinations(sorted(movers), 2) if movers[pair[0]] == movers[pair[1]]]
    if twins:
        yield twins
        yield [(hidden, memory) for memory, hidden in twins]


def _one_fault(memory: Formula, hidden: Formula) -> Twist | None:
    """One fault at a time; the candidate and the output gate exchanged make two at once."""
    if bool(memory.twist.code) != bool(hidden.twist.code):
        return memory.twist if memory.twist.code else hidden.twist
    if memory.activations == (("c", "sigmoid"),) and hidden.activations == (("o", "tanh"),):
        return Twist(
            "gate-swapped",
            "output",
            "takes the output gate and the candidate memory in each other's place",
        )
    return None


def _lstm_unit(
    scene: Scene,
    memory: Formula,
    hidden: Formula,
    movers: dict[int, frozenset[int]],
    pair: tuple[int, int],
    unit: int,
) -> tuple[tuple[Gate, ...], int] | None:
    inner, outer = movers[pair[0]], movers[pair[1]] - movers[pair[0]]
    nothing = frozenset[int]()
    found = _unit(scene, memory, scene.new[:, pair[0]], pair[0], inner, nothing, unit)
    if found is None:
        return None
    gates, source = found
    known = {"N": scene.new[:, pair[0]], "C": scene.old[:, source]}
    for gate in gates:
        usual = ACTIVATIONS[memory.activation(gate.subscript)]
        known[gate.subscript] = usual(gate.sign * scene.value(gate.group))
    more = _unit(scene, hidden, scene.new[:, pair[1]], pair[1], outer, nothing, unit, known)
    return None if more is None else ((*gates, *more[0]), source)
