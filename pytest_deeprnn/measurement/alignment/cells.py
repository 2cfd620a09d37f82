"""Which pre-activations make up a cell: the names of its gates, tried against its equations.

Every function here takes series over the N calls of the sensitivities and says which groups
serve as which gate of one layer, or None where the layer is no such cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import permutations, product
from typing import Literal

import torch
from torch import Tensor

from pytest_deeprnn.core.tolerances import INVERTED, NO_EFFECT, SOLVED
from pytest_deeprnn.measurement.alignment.budget import Budget
from pytest_deeprnn.measurement.alignment.preactivations import Group
from pytest_deeprnn.measurement.alignment.sources import first_same, same
from pytest_deeprnn.mutations.cell_mutations import RNN
from pytest_deeprnn.mutations.extra import Added, of_cell
from pytest_deeprnn.mutations.mutation import Mutation
from pytest_deeprnn.mutations.unit_formula import Formula, formula

Cell = Literal["rnn", "gru", "lstm"]

#: The weights of each gate by the book's subscript, with the gate's full name.
GATES: dict[Cell, dict[str, str]] = {
    "rnn": {"h": "none"},
    "gru": {"r": "reset", "z": "update", "h": "candidate"},
    "lstm": {"i": "input", "f": "forget", "o": "output", "c": "cell"},
}


@dataclass(frozen=True)
class Gate:
    """A group that serves as a gate of one unit; sign -1 where it is read as its complement."""

    group: int
    subscript: str
    unit: int
    sign: int = 1
    recurrent_only: bool = False


@dataclass(frozen=True)
class CellFound:
    """One layer's gates and state units.

    `hidden` and `memory` are the flat positions of its units in the new state, () where they are
    not returned; `old_hidden` and `old_memory` those that its equations multiply in the old one,
    () where the cell has no such product; `values` are the hidden units' values, each (N,);
    `mutations` are what its equations have that the cell's do not.
    """

    cell: Cell
    gates: tuple[Gate, ...]
    values: tuple[Tensor, ...]
    hidden: tuple[int, ...]
    memory: tuple[int, ...] = ()
    old_hidden: tuple[int, ...] = ()
    old_memory: tuple[int, ...] = ()
    reset_after: bool = False
    memory_values: tuple[Tensor, ...] = ()
    mutations: tuple[Mutation, ...] = ()


@dataclass(frozen=True)
class Scene:
    """What the cells are tried on.

    `groups` are the pre-activations that read all of the layer's inputs, `others` hidden ones
    that read no input, `hiddens` is H; old (N, S) and new (N, M) state, `unseen` the values of
    sources not seen from outside, `above` the new state units that further groups move;
    `added` are mutations that are tried beside the packaged ones.
    """

    groups: dict[int, Group]
    others: dict[int, Group]
    old: Tensor
    new: Tensor
    hiddens: int
    unseen: tuple[Tensor, ...]
    budget: Budget
    moves: dict[int, frozenset[int]]
    above: frozenset[int]
    added: Added

    def group(self, number: int) -> Group:
        """A pre-activation by its number."""
        return self.groups.get(number) or self.others[number]

    def value(self, number: int) -> Tensor:
        """A pre-activation's values (N,)."""
        return self.group(number).value


def moves(group: Group, outputs: int) -> frozenset[int]:
    """The new state units that a group moves."""
    effect = group.response[:, outputs:].abs().amax(0)
    bound = NO_EFFECT * float(group.response.abs().max())
    return frozenset((effect > bound).nonzero().flatten().tolist())


def find_rnn(scene: Scene) -> CellFound | None:
    """H = φ(a): one group a unit; φ is tanh unless another activation fits every unit."""
    plain = formula("rnn", "H_t")
    mutations = (*RNN, *of_cell(scene.added, "rnn"))
    for tried in (plain, *(formula("rnn", "H_t", mutation) for mutation in mutations)):
        units = {
            number: first_same(tried.compute({"a_h": group.value}), scene.new)
            for number, group in scene.groups.items()
        }
        if units and all(position is not None for position in units.values()):
            ordered = sorted(units, key=lambda number: units[number] or 0)
            hidden = tuple(position for n in ordered if (position := units[n]) is not None)
            if len(set(hidden)) == len(hidden):
                return _rnn(scene, ordered, hidden, tried)
    read = all(_is_unseen(scene, torch.tanh(group.value)) for group in scene.groups.values())
    if len(scene.groups) == scene.hiddens and read:
        ordered = sorted(scene.groups, key=lambda number: scene.groups[number].members[0][0])
        return _rnn(scene, ordered, (), plain)
    return None


def _is_unseen(scene: Scene, value: Tensor) -> bool:
    """Whether something reads these values although they are not returned."""
    return any(same(value, series, SOLVED) for series in scene.unseen)


def _rnn(
    scene: Scene, ordered: list[int], hidden: tuple[int, ...], activated: Formula
) -> CellFound:
    return CellFound(
        cell="rnn",
        gates=tuple(Gate(number, "h", unit) for unit, number in enumerate(ordered)),
        values=tuple(activated.compute({"a_h": scene.groups[n].value}) for n in ordered),
        hidden=hidden,
        mutations=() if activated.mutation is None else (activated.mutation,),
    )


def find_lstm(scene: Scene) -> CellFound | None:
    """C = F·C + I·C̃, H = O·tanh(C): three groups move a memory unit, a fourth its hidden unit."""
    movers = movers_of(scene)
    gates: list[Gate] = []
    hidden: list[int] = []
    memory: list[int] = []
    old_memory: list[int] = []
    for position in sorted(movers):
        scene.budget.spend()
        inner = movers[position]
        if len(inner) != 3:
            continue
        outer = [
            (other, next(iter(movers[other] - inner)))
            for other in movers
            if inner < movers[other] and len(movers[other]) == 4
        ]
        names = _lstm_memory(scene, position, sorted(inner))
        if names is None or len(outer) != 1:
            return None
        sign = _output_sign(scene, position, *outer[0])
        if sign is None:
            return None
        unit = len(hidden)
        found, source = names
        gates += [Gate(number, name, unit, s) for number, name, s in found]
        gates.append(Gate(outer[0][1], "o", unit, sign))
        hidden.append(outer[0][0])
        memory.append(position)
        old_memory.append(source)
    if not hidden or not {gate.group for gate in gates} >= set(scene.groups):
        return None
    return CellFound(
        cell="lstm",
        gates=tuple(gates),
        values=tuple(scene.new[:, position] for position in hidden),
        hidden=tuple(hidden),
        memory=tuple(memory),
        old_memory=tuple(old_memory),
        memory_values=tuple(scene.new[:, position] for position in memory),
    )


def _lstm_memory(
    scene: Scene, position: int, numbers: list[int]
) -> tuple[list[tuple[int, str, int]], int] | None:
    target = scene.new[:, position]
    for source in old_positions(scene, position):
        for order in permutations(numbers):
            f, i, c = (scene.value(number) for number in order)
            for f_sign, i_sign in product((1, -1), repeat=2):
                kept = torch.sigmoid(f_sign * f) * scene.old[:, source]
                if same(kept + torch.sigmoid(i_sign * i) * torch.tanh(c), target):
                    names = zip(order, "fic", (f_sign, i_sign, 1), strict=True)
                    return [(number, name, sign) for number, name, sign in names], source
    return None


def _output_sign(scene: Scene, memory: int, hidden: int, number: int) -> int | None:
    squashed = torch.tanh(scene.new[:, memory])
    for sign in (1, -1):
        gate = torch.sigmoid(sign * scene.value(number))
        if same(gate * squashed, scene.new[:, hidden]):
            return sign
    return None


def find_gru(scene: Scene) -> CellFound | None:
    """H = Z·H + (1−Z)·H̃, the reset gate before the recurrent product or after it."""
    movers = movers_of(scene)
    return _gru_before(scene, movers) or _gru_after(scene, movers)


def _gru_before(scene: Scene, movers: dict[int, frozenset[int]]) -> CellFound | None:
    """H̃ = tanh(a_h), where a reset gate reaches every unit through the recurrent product."""
    if len(movers) < 2:
        return None
    resets = frozenset.intersection(*movers.values())
    gates: list[Gate] = []
    old_hidden = []
    for unit, position in enumerate(sorted(movers)):
        for z, h in permutations(sorted(movers[position] - resets), 2):
            scene.budget.spend()
            candidate = torch.tanh(scene.value(h))
            mixed = _mixed(scene, position, z, candidate)
            if mixed is not None and len(movers[position] - resets) == 2:
                sign, source = mixed
                gates += [Gate(z, "z", unit, sign), Gate(h, "h", unit)]
                old_hidden.append(source)
                break
        else:
            return None
    named = _resets_before(scene, resets, old_hidden)
    return None if named is None else _gru(scene, movers, [*gates, *named], old_hidden)


def _gru_after(scene: Scene, movers: dict[int, frozenset[int]]) -> CellFound | None:
    """H̃ = tanh(a_x + R·a_h): the recurrent sum is a pre-activation of its own."""
    gates: list[Gate] = []
    old_hidden = []
    for unit, position in enumerate(sorted(movers)):
        plain = sorted(movers[position] & frozenset(scene.groups))
        extra = sorted(movers[position] - frozenset(scene.groups))
        if len(plain) != 3 or len(extra) != 1:
            return None
        found = _after_unit(scene, unit, position, plain, extra[0])
        if found is None:
            return None
        gates += found[0]
        old_hidden.append(found[1])
    return _gru(scene, movers, gates, old_hidden)


def _gru(
    scene: Scene, movers: dict[int, frozenset[int]], gates: list[Gate], old_hidden: list[int]
) -> CellFound | None:
    positions = tuple(sorted(movers))
    if not positions or not {gate.group for gate in gates} >= set(scene.groups):
        return None
    return CellFound(
        cell="gru",
        gates=tuple(gates),
        values=tuple(scene.new[:, position] for position in positions),
        hidden=positions,
        old_hidden=tuple(old_hidden),
        reset_after=any(gate.recurrent_only for gate in gates),
    )


def _mixed(scene: Scene, position: int, z: int, candidate: Tensor) -> tuple[int, int] | None:
    """The update gate's sign and the old unit with which it gives the new one."""
    for sign in (1, -1):
        update = torch.sigmoid(sign * scene.value(z))
        for source in old_positions(scene, position):
            mixed = update * scene.old[:, source] + (1 - update) * candidate
            if same(mixed, scene.new[:, position]):
                return sign, source
    return None


def _after_unit(
    scene: Scene, unit: int, position: int, plain: list[int], extra: int
) -> tuple[list[Gate], int] | None:
    for z, h, r in permutations(plain):
        ratio = _ratio(scene.others[extra].response, scene.groups[h].response)
        sign = None if ratio is None else _sign_of(scene.groups[r].value, ratio)
        if ratio is None or sign is None:
            continue
        candidate = torch.tanh(scene.groups[h].value + ratio * scene.others[extra].value)
        mixed = _mixed(scene, position, z, candidate)
        if mixed is not None:
            return [
                Gate(z, "z", unit, mixed[0]),
                Gate(h, "h", unit),
                Gate(extra, "h", unit, recurrent_only=True),
                Gate(r, "r", unit, sign),
            ], mixed[1]
    return None


def _sign_of(value: Tensor, gate: Tensor) -> int | None:
    """The sign with which σ(±value) is the gate."""
    return next((s for s in (1, -1) if same(torch.sigmoid(s * value), gate, INVERTED)), None)


def _resets_before(
    scene: Scene, resets: frozenset[int], old_hidden: list[int]
) -> list[Gate] | None:
    """Each unseen source of the candidates is R_i·H_i; find the reset group that gives it."""
    gates: dict[int, Gate] = {}
    for unit, source in enumerate(old_hidden):
        for number in sorted(resets):
            scene.budget.spend()
            for sign in (1, -1):
                product_ = torch.sigmoid(sign * scene.value(number)) * scene.old[:, source]
                if any(same(product_, series, SOLVED) for series in scene.unseen):
                    gates[unit] = Gate(number, "r", unit, sign)
    return list(gates.values()) if len(gates) == len(old_hidden) else None


def movers_of(scene: Scene) -> dict[int, frozenset[int]]:
    """The groups that move each state unit of this layer; units above are moved by all."""
    everything = {**scene.groups, **scene.others}
    positions = {position for number in scene.groups for position in scene.moves[number]}
    found = {
        position: frozenset(n for n in everything if position in scene.moves[n])
        for position in positions
    }
    return {
        position: numbers
        for position, numbers in found.items()
        if position not in scene.above and not numbers >= frozenset(scene.groups)
    }


def old_positions(scene: Scene, position: int) -> Iterable[int]:
    """Old state units to try for a new one: the same position first."""
    count = scene.old.shape[1]
    same_place = [position] if position < count and scene.old.shape == scene.new.shape else []
    return [*same_place, *(other for other in range(count) if other not in same_place)]


def _ratio(upper: Tensor, lower: Tensor) -> Tensor | None:
    energy = lower.square().sum(1)
    if bool((energy <= 0).any()):
        return None
    ratio = (upper * lower).sum(1) / energy
    gap = (upper - ratio.unsqueeze(1) * lower).norm(dim=1)
    return ratio if bool((gap <= INVERTED * upper.norm(dim=1)).all()) else None


FINDERS: dict[Cell, Callable[[Scene], CellFound | None]] = {
    "rnn": find_rnn,
    "gru": find_gru,
    "lstm": find_lstm,
}
