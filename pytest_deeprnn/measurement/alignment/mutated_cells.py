"""Cells with named faults, tried where a layer is none of the cells asked for.

A mutated equation is tried on single units; it counts only if it gives the new state of every
unit of the layer in all measured calls.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, permutations

from pytest_deeprnn.core.tolerances import SOLVED
from pytest_deeprnn.measurement.alignment.cells import CellFound, Gate, Scene, movers_of
from pytest_deeprnn.measurement.alignment.formula_fit import Unit, all_units, try_unit
from pytest_deeprnn.measurement.alignment.sources import same
from pytest_deeprnn.mutations.cell_mutations import (
    HIDDEN,
    JOINED,
    MEMORY,
    MIXTURE,
    NO_RESET,
    RESET,
    RESET_BY_UPDATE,
)
from pytest_deeprnn.mutations.extra import of_cell
from pytest_deeprnn.mutations.mutation import Mutation
from pytest_deeprnn.mutations.unit_formula import RECURRENT, Formula, formula

_NOTHING = frozenset[int]()


def find_gru(scene: Scene) -> CellFound | None:
    """A GRU layer with a fault in the mixture, in the reset gate's product, or in both.

    Where several fit, the one that a mutation stands for, that leaves no group, that has fewest.
    """
    movers = movers_of(scene)
    if len(movers) < 2:
        return None
    found = [*_grus_before(scene, movers), *_grus_after(scene, movers)]
    return min(found, key=lambda one: _oddness(scene, one), default=None)


def _oddness(scene: Scene, found: CellFound) -> tuple[bool, int, int]:
    unprovable = any(not mutation.edits for mutation in found.mutations)
    idle = len(scene.groups.keys() - {gate.group for gate in found.gates})
    return unprovable, idle, len(found.mutations)


def _formulas(
    cell: str, target: str, mutations: tuple[Mutation, ...], name: str = "step"
) -> Iterator[Formula]:
    """The right equation first."""
    yield formula(cell, target, None, name)
    yield from (formula(cell, target, mutation, name) for mutation in mutations)


def _grus_before(scene: Scene, movers: dict[int, frozenset[int]]) -> Iterator[CellFound]:
    """Reset before the recurrent product: the candidate's sum holds all of it."""
    shared = frozenset.intersection(*movers.values())
    for mixture in _formulas("gru", "H_t", (*MIXTURE, *of_cell(scene.added, "gru"))):
        found = all_units(
            _gru_unit(scene, mixture, p, movers[p] - shared, shared, unit)
            for unit, p in enumerate(sorted(movers))
        )
        if found is None:
            continue
        gates = [gate for unit, _ in found for gate in unit]
        old_hidden = tuple(source for _, source in found)
        resets, product_mutation = _resets(scene, old_hidden, gates)
        known = {gate.group for gate in gates}
        gates += [gate for gate in resets if gate.group not in known]
        mutations = tuple(
            mutation for mutation in (mixture.mutation, product_mutation) if mutation is not None
        )
        if mutations or not resets:  # without a recurrent term there is nothing to reset
            yield _gru(scene, movers, gates, old_hidden, mutations)


def _grus_after(scene: Scene, movers: dict[int, frozenset[int]]) -> Iterator[CellFound]:
    """Reset after the recurrent product: that is a sum of its own, which reads no input."""
    resets = (mutation for mutation in RESET if mutation is not NO_RESET)
    mutations = (*MIXTURE, *resets, *of_cell(scene.added, "gru"))
    for tried in _formulas("gru", "H_t", mutations, "step_reset_after"):
        found = all_units(
            _gru_unit(scene, tried, p, movers[p], _NOTHING, unit)
            for unit, p in enumerate(sorted(movers))
        )
        if found is not None:
            gates = [
                replace(gate, subscript="h", recurrent_only=True)
                if gate.subscript == RECURRENT
                else gate
                for unit, _ in found
                for gate in unit
            ]
            old_hidden = tuple(source for _, source in found)
            mutations = () if tried.mutation is None else (tried.mutation,)
            yield _gru(scene, movers, gates, old_hidden, mutations)


def _gru_unit(
    scene: Scene,
    tried: Formula,
    position: int,
    own: frozenset[int],
    shared: frozenset[int],
    unit: int,
) -> Unit | None:
    """The gates among those that move this unit alone, and the reset gates, which move all."""
    pool = sorted(own) + (sorted(shared) if "r" in tried.gates else [])
    if len(own) > len(tried.gates):
        return None
    return try_unit(scene, tried, scene.new[:, position], position, pool, unit)


def _gru(
    scene: Scene,
    movers: dict[int, frozenset[int]],
    gates: list[Gate],
    old_hidden: tuple[int, ...],
    mutations: tuple[Mutation, ...],
) -> CellFound:
    positions = tuple(sorted(movers))
    return CellFound(
        cell="gru",
        gates=tuple(gates),
        values=tuple(scene.new[:, position] for position in positions),
        hidden=positions,
        old_hidden=old_hidden,
        reset_after=any(gate.recurrent_only for gate in gates),
        mutations=mutations,
    )


def _resets(
    scene: Scene, old_hidden: tuple[int, ...], gates: list[Gate]
) -> tuple[list[Gate], Mutation | None]:
    """The reset gates, and what is wrong with their product: it feeds the candidate's sum."""
    candidates = {gate.group for gate in gates if gate.subscript == "h"}
    recurrent = {source.kind for number in candidates for _, source in scene.group(number).members}
    if "unseen" not in recurrent:
        return [], NO_RESET if "old" in recurrent else None
    for mutation in (None, *(one for one in RESET if one not in (NO_RESET, RESET_BY_UPDATE))):
        named = _named_resets(scene, old_hidden, mutation)
        if named is not None:
            update = {gate.group for gate in gates if gate.subscript == "z"}
            by_update = any(gate.group in update for gate in named)
            return named, RESET_BY_UPDATE if by_update else mutation
    size = len(old_hidden)
    for start in range(0, scene.old.shape[1] - size + 1, size):
        named = _named_resets(scene, tuple(range(start, start + size)), None)
        if named is not None:
            text = "applies its reset gate to another layer's old state"
            return named, Mutation("wrong-recurrence", "candidate", text)
    return [], Mutation("cell-update", "reset", "multiplies the old state by something else than R")


def _named_resets(
    scene: Scene, old_hidden: tuple[int, ...], mutation: Mutation | None
) -> list[Gate] | None:
    gate = formula("gru", "R_t", mutation)
    gates: list[Gate] = []
    for unit, source in enumerate(old_hidden):
        for number in scene.groups:
            scene.budget.spend()
            for sign in (1, -1):
                reset = gate.compute({"a_r": sign * scene.value(number)})
                value = reset * scene.old[:, source]
                if any(same(value, series, SOLVED) for series in scene.unseen):
                    gates.append(Gate(number, "r", unit, sign))
                    break
            else:
                continue
            break
    return gates if len(gates) == len(old_hidden) else None


def find_lstm(scene: Scene) -> CellFound | None:
    """An LSTM layer with a fault in the memory's or in the hidden state's equation, or in both."""
    movers = movers_of(scene)
    for pairs in _pairings(movers):
        found = _lstm(scene, movers, pairs)
        if found is not None:
            return found
    return None


def _lstm(
    scene: Scene, movers: dict[int, frozenset[int]], pairs: list[tuple[int, int]]
) -> CellFound | None:
    of_memory, of_hidden = _added(scene)
    for memory in _formulas("lstm", "C_t", (*MEMORY, *of_memory)):
        units = all_units(
            try_unit(scene, memory, scene.new[:, one], one, sorted(movers[one]), unit)
            if len(movers[one]) == len(memory.gates)
            else None
            for unit, (one, _) in enumerate(pairs)
        )
        if units is None:
            continue
        for hidden in _formulas("lstm", "H_t", (*HIDDEN, *of_hidden)):
            outer = [
                _hidden_unit(scene, hidden, movers, pair, number, unit)
                for number, (pair, unit) in enumerate(zip(pairs, units, strict=True))
            ]
            mutations = _mutations(memory, hidden)
            if mutations and all(gates is not None for gates in outer):
                gates = [gate for found, _ in units for gate in found]
                gates += [gate for found in outer if found is not None for gate in found]
                return _found(scene, pairs, tuple(gates), units, mutations)
    return None


def _added(scene: Scene) -> tuple[tuple[Mutation, ...], tuple[Mutation, ...]]:
    """The added mutations of an LSTM: those of the memory, and those of the hidden state."""
    found = of_cell(scene.added, "lstm")
    outer = tuple(t for t in found if any(edit.place in ("H_t", "O_t") for edit in t.edits))
    return tuple(mutation for mutation in found if mutation not in outer), outer


def _hidden_unit(
    scene: Scene,
    hidden: Formula,
    movers: dict[int, frozenset[int]],
    pair: tuple[int, int],
    number: int,
    unit: Unit,
) -> tuple[Gate, ...] | None:
    """The gates of a unit's hidden state, where those of its memory are known."""
    memory, position = pair
    gates, source = unit
    known = {"C_t": scene.new[:, memory], "C": scene.old[:, source]}
    known |= {f"a_{gate.subscript}": gate.sign * scene.value(gate.group) for gate in gates}
    outer = sorted(movers[position] - movers[memory])
    wanted = {f"a_{gate}" for gate in hidden.gates} - known.keys()
    if not wanted <= {"a_o"} or len(outer) != len(wanted):
        return None
    found = try_unit(scene, hidden, scene.new[:, position], position, outer, number, known)
    return None if found is None else found[0]


def _mutations(memory: Formula, hidden: Formula) -> tuple[Mutation, ...]:
    """What is changed in both equations; some two changes are one fault."""
    mutations = tuple(one.mutation for one in (memory, hidden) if one.mutation is not None)
    edits = tuple(edit for mutation in mutations for edit in mutation.edits)
    joined = (mutation for mutation in JOINED if mutation.edits == edits)
    return next(((mutation,) for mutation in joined), mutations)


def _found(
    scene: Scene,
    pairs: list[tuple[int, int]],
    gates: tuple[Gate, ...],
    units: list[Unit],
    mutations: tuple[Mutation, ...],
) -> CellFound:
    return CellFound(
        cell="lstm",
        gates=gates,
        values=tuple(scene.new[:, hidden] for _, hidden in pairs),
        hidden=tuple(hidden for _, hidden in pairs),
        memory=tuple(memory for memory, _ in pairs),
        old_memory=tuple(source for _, source in units),
        memory_values=tuple(scene.new[:, memory] for memory, _ in pairs),
        mutations=mutations,
    )


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
    outer = [position for position in sorted(movers) if len(movers[position]) in (1, 2)]
    if inner and len(inner) == len(outer):  # the hidden state does not read the new memory
        yield list(zip(inner, outer, strict=True))
        return
    twins = [pair for pair in combinations(sorted(movers), 2) if movers[pair[0]] == movers[pair[1]]]
    if twins:
        yield twins
        yield [(hidden, memory) for memory, hidden in twins]
