"""Cells whose new H or C does not come back: it is known by what else it gives.

The other part of the state may come back, or what reads the new one shows its values.
"""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor

from pytest_deeprnn.core.tolerances import SOLVED
from pytest_deeprnn.measurement.alignment.cells import CellFound, Gate, Scene, movers_of
from pytest_deeprnn.measurement.alignment.formula_fit import Unit, all_units, try_unit
from pytest_deeprnn.measurement.alignment.sources import same
from pytest_deeprnn.mutations.unit_formula import Formula, formula


def find_gru(scene: Scene) -> CellFound | None:
    """A GRU, reset before the product, whose H is seen only by what reads it."""
    if any(movers_of(scene)) or not scene.groups:
        return None
    units = _seen_units(scene, formula("gru", "H_t"), sorted(scene.groups))
    if len(units) != scene.hiddens:
        return None
    gates = [gate for _, (found, _) in units for gate in found]
    old_hidden = tuple(source for _, (_, source) in units)
    resets = _resets(scene, old_hidden)
    if len(resets) != scene.hiddens or {g.group for g in (*gates, *resets)} < set(scene.groups):
        return None
    return CellFound(
        cell="gru",
        gates=(*gates, *resets),
        values=tuple(value for value, _ in units),
        hidden=(),
        old_hidden=old_hidden,
    )


def _seen_units(scene: Scene, tried: Formula, pool: Sequence[int]) -> list[tuple[Tensor, Unit]]:
    """Values that something reads and that the formula gives, each with its gates."""
    found: list[tuple[Tensor, Unit]] = []
    taken: set[int] = set()
    for value in scene.unseen:
        free = [group for group in pool if group not in taken]
        unit = try_unit(scene, tried, value, len(found), free, len(found))
        if unit is not None:
            taken |= {gate.group for gate in unit[0]}
            found.append((value, unit))
    return found


def _resets(scene: Scene, old_hidden: tuple[int, ...]) -> list[Gate]:
    gate = formula("gru", "R_t")
    found = []
    for unit, source in enumerate(old_hidden):
        for group in scene.groups:
            scene.budget.spend()
            for sign in (1, -1):
                value = gate.compute({"a_r": sign * scene.value(group)}) * scene.old[:, source]
                if any(same(value, series, SOLVED) for series in scene.unseen):
                    found.append(Gate(group, "r", unit, sign))
    return found


def find_lstm(scene: Scene) -> CellFound | None:
    """An LSTM of which only H comes back, or only C."""
    movers = movers_of(scene)
    return _hidden_only(scene, movers) or _memory_only(scene, movers)


def _hidden_only(scene: Scene, movers: dict[int, frozenset[int]]) -> CellFound | None:
    """H = O·tanh(F·C + I·C̃), where all four gates move H and nothing else."""
    positions = [position for position in sorted(movers) if len(movers[position]) == 4]
    whole = formula("lstm", "H_t", whole=True)
    units = all_units(
        try_unit(scene, whole, scene.new[:, p], p, sorted(movers[p]), unit)
        for unit, p in enumerate(positions)
    )
    if not units or len(units) != scene.hiddens or len(movers) != len(units):
        return None
    return CellFound(
        cell="lstm",
        gates=tuple(gate for gates, _ in units for gate in gates),
        values=tuple(scene.new[:, position] for position in positions),
        hidden=tuple(positions),
        old_memory=tuple(source for _, source in units),
        memory_values=tuple(_memory(scene, unit) for unit in units),
    )


def _memory(scene: Scene, unit: Unit) -> Tensor:
    gates, source = unit
    sums = {f"a_{gate.subscript}": gate.sign * scene.value(gate.group) for gate in gates}
    return formula("lstm", "C_t").compute({**sums, "C": scene.old[:, source]})


def _memory_only(scene: Scene, movers: dict[int, frozenset[int]]) -> CellFound | None:
    """C comes back; H = O·tanh(C) is seen only by what reads it."""
    positions = [position for position in sorted(movers) if len(movers[position]) == 3]
    memory = formula("lstm", "C_t")
    units = all_units(
        try_unit(scene, memory, scene.new[:, p], p, sorted(movers[p]), unit)
        for unit, p in enumerate(positions)
    )
    if not units or len(units) != scene.hiddens or len(movers) != len(units):
        return None
    inner = frozenset[int]().union(*(movers[position] for position in positions))
    outer = [group for group in sorted(scene.groups) if group not in inner]
    hidden = [_read_hidden(scene, scene.new[:, p], outer, u) for u, p in enumerate(positions)]
    found = [one for one in hidden if one is not None]
    if len(found) != len(units):
        return None
    gates = [gate for known, _ in units for gate in known]
    return CellFound(
        cell="lstm",
        gates=(*gates, *(gate for _, gate in found)),
        values=tuple(value for value, _ in found),
        hidden=(),
        memory=tuple(positions),
        old_memory=tuple(source for _, source in units),
        memory_values=tuple(scene.new[:, position] for position in positions),
    )


def _read_hidden(
    scene: Scene, memory: Tensor, pool: Sequence[int], unit: int
) -> tuple[Tensor, Gate] | None:
    """The values that something reads, and the output gate that gives them."""
    for value in scene.unseen:
        found = try_unit(scene, formula("lstm", "H_t"), value, 0, pool, unit, {"C_t": memory})
        if found is not None:
            return value, found[0][0]
    return None
