"""Gives every parameter its role, layer by layer from the input upwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

import torch
from torch import Tensor

from pytest_deeprnn.core.facts import networks
from pytest_deeprnn.core.facts.fact import Fact, Phrase
from pytest_deeprnn.core.tolerances import NO_EFFECT, SOLVED
from pytest_deeprnn.measurement.alignment import hidden_output_cells, mutated_cells
from pytest_deeprnn.measurement.alignment.cells import FINDERS, Cell, CellFound, Gate, Scene, moves
from pytest_deeprnn.measurement.alignment.preactivations import Group, Grouping
from pytest_deeprnn.measurement.alignment.role_types import (
    Fault,
    InputKind,
    LayerFound,
    Naming,
    Role,
)
from pytest_deeprnn.measurement.alignment.sensitivities import Sensitivities
from pytest_deeprnn.measurement.alignment.sources import Source, first_same, same, series_of
from pytest_deeprnn.mutations import wiring_mutations
from pytest_deeprnn.mutations.extra import Added
from pytest_deeprnn.mutations.mutation import Mutation

MAX_LAYERS = 8
_Finders = dict[Cell, Callable[[Scene], CellFound | None]]
UNRETURNED: _Finders = {"gru": hidden_output_cells.find_gru, "lstm": hidden_output_cells.find_lstm}
MUTATED: _Finders = {"gru": mutated_cells.find_gru, "lstm": mutated_cells.find_lstm}


@dataclass(frozen=True)
class _Input:
    """What a layer may read: tokens, or the values of units (each (N,))."""

    kind: InputKind
    layer: int
    values: tuple[Tensor, ...] | None

    @cached_property
    def columns(self) -> Tensor:
        """The values side by side (N, H)."""
        return torch.stack(self.values or (), dim=1)


def name(
    sensitivities: Sensitivities, grouping: Grouping, expected: list[Cell], added: Added = ()
) -> Naming:
    """Find layer after layer; `expected` are the cells to try first, the others follow.

    `added` are mutations to be tried beside the packaged ones.
    """
    return _Namer(sensitivities, grouping, added).run(expected)


class _Namer:
    def __init__(self, sensitivities: Sensitivities, grouping: Grouping, added: Added) -> None:
        self._sensitivities = sensitivities
        self._added = added
        self._grouping = grouping
        self._roles: dict[int, Role] = {}
        self._doubled: list[tuple[int, Role, Role]] = []
        self._faults: list[Fault] = []
        self._layers: list[LayerFound] = []
        vocab = sensitivities.outputs.shape[1]
        self._vocab = vocab
        self._moves = {n: moves(g, vocab) for n, g in enumerate(grouping.groups)}
        self._output = {
            n: output
            for n, g in enumerate(grouping.groups)
            if (output := _single_output(g, vocab)) is not None
        }
        self._free = {n for n in range(len(grouping.groups)) if n not in self._output}

    def run(self, expected: list[Cell]) -> Naming:
        """Name layers until no more are found, then the output layer."""
        while len(self._layers) < MAX_LAYERS and self._next_layer(expected):
            pass
        output_from = self._name_output()
        left = [
            element
            for group in self._grouping.groups
            for element, _ in group.members
            if element not in self._roles
        ]
        count = self._sensitivities.theta.shape[1]
        return Naming(
            layers=tuple(self._layers),
            output_from=output_from,
            roles=tuple(self._roles.get(element) for element in range(count)),
            left=tuple(sorted({*left, *self._grouping.unassigned})),
            doubled=tuple(self._doubled),
            faults=tuple(self._faults),
        )

    def _next_layer(self, expected: list[Cell]) -> bool:
        depth = len(self._layers)
        first = expected[min(depth, len(expected) - 1)] if expected else "rnn"
        for candidate in self._inputs():
            self._sensitivities.budget.spend()
            groups = {n for n in self._free if self._reads_all(n, candidate)}
            if not groups:
                continue
            for finders in (FINDERS, UNRETURNED, MUTATED):
                for cell in sorted(finders, key=lambda cell: cell != first):
                    for chosen in self._subsets(groups):
                        self._sensitivities.budget.spend()
                        found = finders[cell](self._scene(chosen))
                        if found is not None and self._is_whole(found):
                            self._accept(found, candidate)
                            return True
        return False

    def _is_whole(self, found: CellFound) -> bool:
        """A layer has H units: more are two layers taken for one."""
        return len(found.values) == self._width

    @property
    def _width(self) -> int:
        """H of the layer that is looked for."""
        return self._sensitivities.sizes.width(len(self._layers) + 1)

    def _subsets(self, groups: set[int]) -> Iterator[set[int]]:
        """All groups that read the input; where two layers read the same one, one after another."""
        yield groups
        lowest = {n for n in groups if not self._grouping.groups[n].sources("new")}
        if not self._layers and lowest < groups:  # upper layers may read the input too
            yield lowest
        parts = self._parts(groups)
        if len(parts) > 1:
            parts.sort(key=self._first_element)
            yield from parts
            hiddens = self._width
            if len(parts) > hiddens:  # units that do not move each other are parts of their own
                yield from (
                    set().union(*parts[i : i + hiddens]) for i in range(0, len(parts), hiddens)
                )

    def _first_element(self, groups: set[int]) -> int:
        """Where the state units that some groups move begin, else their parameters."""
        everything = self._grouping.groups
        moved = [position for n in groups for position in self._moves[n]]
        return min(moved or [element for n in groups for element, _ in everything[n].members])

    def _parts(self, groups: set[int]) -> list[set[int]]:
        """Groups that move common state units belong to one layer."""
        parts: list[tuple[set[int], set[int]]] = []
        for number in sorted(groups):
            self._sensitivities.budget.spend()
            joined, moved = {number}, set(self._moves[number])
            apart = []
            for others, units in parts:
                if units & moved:
                    joined |= others
                    moved |= units
                else:
                    apart.append((others, units))
            parts = [*apart, (joined, moved)]
        return [numbers for numbers, _ in parts]

    def _inputs(self) -> Iterator[_Input]:
        if not self._layers:
            yield _Input("inputs", 0, None)
            return
        below = len(self._layers)
        top = self._layers[-1].found
        old = self._sensitivities.old
        yield _Input("below", below, top.values)
        yield _Input("inputs", 0, None)
        positions = top.old_hidden or self._layers[-1].recurrent
        if positions:
            yield _Input("stale", below, tuple(old[:, p] for p in positions))
        if top.memory_values:
            yield _Input("memory", below, top.memory_values)
        for number, layer in enumerate(self._layers[:-1], start=1):
            yield _Input("lower", number, layer.found.values)
        for number, values in self._sums():
            yield _Input("sum", number, values)
        candidates = [gate for gate in top.gates if gate.subscript == "h"]
        if top.cell == "gru" and not top.reset_after:
            groups = self._grouping.groups
            values = tuple(torch.tanh(groups[gate.group].value) for gate in candidates)
            yield _Input("candidate", below, values)
        yield _Input("part", below, top.values)
        for activation in (torch.tanh, torch.relu, torch.sigmoid):
            squashed = tuple(activation(value) for value in top.values)
            yield _Input("squashed", below, squashed)
        yield _Input("nothing", below, ())

    def _sums(self) -> Iterator[tuple[int, tuple[Tensor, ...]]]:
        """What a residual path gives: the top layer's units plus others of the same width."""
        top = self._layers[-1]
        old = [self._sensitivities.old[:, position] for position in top.recurrent]
        others = [layer.found.values for layer in self._layers[:-1]]
        for number, values in enumerate([*others, tuple(old)], start=1):
            if len(values) == len(top.found.values):
                added = zip(top.found.values, values, strict=True)
                yield number, tuple(one + other for one, other in added)

    def _reads_all(self, number: int, candidate: _Input) -> bool:
        group = self._grouping.groups[number]
        self._sensitivities.budget.spend(len(group.members))
        if candidate.values is None:
            return len(group.sources("token")) == self._sensitivities.sizes.vocab
        if candidate.kind == "nothing":
            return all(source.kind in ("old", "one") for _, source in group.members)
        read = {self._input_index(source, candidate) for _, source in group.members} - {None}
        return bool(read) if candidate.kind == "part" else len(read) == len(candidate.values)

    def _input_index(self, source: Source, candidate: _Input) -> int | None:
        if candidate.values is None:
            return source.index if source.kind == "token" else None
        if source.kind in ("one", "token") or not candidate.values:
            return None
        series = series_of(self._sensitivities, source, self._grouping.unseen)
        return first_same(series, candidate.columns)

    def _scene(self, groups: set[int]) -> Scene:
        everything = self._grouping.groups
        others = {
            n: everything[n]
            for n in self._free - groups
            if all(source.kind in ("old", "one") for _, source in everything[n].members)
        }
        return Scene(
            groups={n: everything[n] for n in sorted(groups)},
            others=others,
            old=self._sensitivities.old,
            new=self._sensitivities.new,
            hiddens=self._width,
            unseen=self._grouping.unseen,
            budget=self._sensitivities.budget,
            moves=self._moves,
            above=frozenset[int]().union(
                *(self._moves[n] for n in self._free - groups - others.keys())
            ),
            added=self._added,
        )

    def _accept(self, found: CellFound, candidate: _Input) -> None:
        number = len(self._layers) + 1
        recurrent = self._recurrent(found, candidate)
        index = {position: unit for unit, position in enumerate(recurrent)}
        for gate in found.gates:
            self._free.discard(gate.group)
            for element, source in self._grouping.groups[gate.group].members:
                part = self._part(source, candidate, index, found, gate)
                if part is not None:
                    weight, i = part
                    self._assign(element, Role(number, weight, i, gate.unit, gate.sign))
        self._read_beside(found, candidate, recurrent, number)
        if not recurrent and self._reads_twice(found, candidate):
            fact = networks.NewForOld(number)
            self._fault("shared-state", fact, number, provable=True)  # W_x + W_h is one weight
        self._layers.append(LayerFound(found, candidate.kind, candidate.layer, recurrent))

    def _read_beside(
        self, found: CellFound, candidate: _Input, recurrent: tuple[int, ...], number: int
    ) -> None:
        """What a layer's sums read besides its input and its own old state."""
        for gate in found.gates:
            for _, source in self._grouping.groups[gate.group].members:
                if self._input_index(source, candidate) is not None:
                    continue
                if source.kind == "token":
                    self._fault("extra-connection", networks.ReadsInputBeside(number), number)
                elif source.kind == "old" and source.index in found.old_memory:
                    self._fault("extra-connection", networks.ReadsMemoryBeside(number), number)
                elif source.kind == "new" and candidate.kind == "below" and found.cell == "rnn":
                    self._fault("extra-connection", networks.ReadsLayerBeside(number), number)

    def _reads_twice(self, found: CellFound, candidate: _Input) -> bool:
        """Whether each input is multiplied by two weights of a gate: W_x and W_h."""
        members = self._grouping.groups[found.gates[0].group].members
        read = [self._input_index(source, candidate) for _, source in members]
        return candidate.values is not None and all(
            read.count(i) == 2 for i in range(len(candidate.values))
        )

    def _assign(self, element: int, role: Role) -> None:
        before = self._roles.setdefault(element, role)
        if before != role:
            self._doubled.append((element, before, role))

    def _recurrent(self, found: CellFound, candidate: _Input) -> tuple[int, ...]:
        """The old state units that the layer's groups multiply with weights, in unit order."""
        read = {
            source.index
            for gate in found.gates
            for _, source in self._grouping.groups[gate.group].members
            if source.kind == "old" and self._input_index(source, candidate) is None
        }
        read -= set() if read <= set(found.old_memory) else set(found.old_memory)
        if not read:
            return ()
        if found.old_hidden and read <= set(found.old_hidden):
            return found.old_hidden
        if found.hidden and read == set(found.hidden):
            return found.hidden
        return tuple(sorted(read))

    def _part(
        self,
        source: Source,
        candidate: _Input,
        recurrent: dict[int, int],
        found: CellFound,
        gate: Gate,
    ) -> tuple[str, int] | None:
        """The weight's name in the book and its row."""
        subscript = gate.subscript
        if source.kind == "one":
            return ("b_hh" if gate.recurrent_only else f"b_{subscript}"), 0
        position = self._input_index(source, candidate)
        if position is not None:
            return f"W_x{subscript}", position
        if source.kind == "old" and source.index in recurrent:
            return f"W_h{subscript}", recurrent[source.index]
        if source.kind == "unseen" and found.cell == "gru" and subscript == "h":
            unit = self._reset_unit(source, found)
            return None if unit is None else ("W_hh", unit)
        return None

    def _reset_unit(self, source: Source, found: CellFound) -> int | None:
        series = self._grouping.unseen[source.index]
        for gate in found.gates:
            if gate.subscript == "r":
                value = torch.sigmoid(gate.sign * self._grouping.groups[gate.group].value)
                old = self._sensitivities.old[:, found.old_hidden[gate.unit]]
                if same(value * old, series, SOLVED):
                    return gate.unit
        return None

    def _name_output(self) -> int | None:
        """The output layer's roles, and the one layer that all its weights read."""
        layers = set()
        for number, output in self._output.items():
            for element, source in self._grouping.groups[number].members:
                if source.kind == "one":
                    self._roles[element] = Role(0, "b_q", 0, output)
                    continue
                place = self._hidden_unit(source)
                if place is not None:
                    layers.add(place[0])
                    self._roles[element] = Role(0, "W_hq", place[1], output)
                    continue
                odd = self._odd_output(source)
                if odd is not None:
                    layers |= {len(self._layers)} if odd.weight == "W_hq" else set()
                    self._roles[element] = replace(odd, j=output)
        if len(layers) > 1:
            read = networks.OutputReadsLayers(tuple(sorted(layers)))
            self._fault("extra-connection", read)
        return layers.pop() if len(layers) == 1 else None

    def _fault(
        self,
        code: str,
        fact: Fact,
        layer: int | None = None,
        mutation: Mutation | None = None,
        provable: bool = False,
    ) -> None:
        fault = Fault(code, fact, layer, mutation, provable)
        if fault not in self._faults:
            self._faults.append(fault)

    def _mutated(self, mutation: Mutation, layer: int | None = None) -> None:
        does = networks.Mutated(mutation.id, Phrase(mutation.text), mutation.changes_old)
        self._fault(mutation.code, does, layer, mutation, provable=True)

    def _odd_output(self, source: Source) -> Role | None:
        """What an output weight is multiplied with that is no hidden unit."""
        if source.kind == "token":
            self._fault("extra-connection", networks.OutputReadsInput())
            return None
        series = series_of(self._sensitivities, source, self._grouping.unseen)
        for number, layer in enumerate(self._layers, start=1):
            unit = _unit_of(series, layer.found.memory_values)
            if unit is not None:
                self._mutated(wiring_mutations.output_reads_memory(number), number)
                return Role(0, "W_hq", unit, 0)
            total = layer.found.values
            if same(series, torch.stack(total).sum(0), SOLVED):
                self._mutated(wiring_mutations.BIAS_IN_PRODUCT)
                return Role(0, "b_q", 0, 0)
        for summed in self._sums_of_layers():
            values = zip(*(self._layers[n - 1].found.values for n in summed), strict=True)
            unit = _unit_of(series, tuple(torch.stack(units).sum(0) for units in values))
            if unit is not None:
                self._mutated(wiring_mutations.output_reads_sum(summed))
                return Role(0, "W_hq", unit, 0)
        if source.kind == "old":
            self._mutated(wiring_mutations.OUTPUT_BEFORE_UPDATE)
            top = self._layers[-1] if self._layers else None
            units = () if top is None else top.found.old_hidden or top.recurrent
            return Role(0, "W_hq", units.index(source.index), 0) if source.index in units else None
        return None

    def _sums_of_layers(self) -> Iterator[tuple[int, ...]]:
        """Two or more layers of one width, counted from 1."""
        numbers = range(1, len(self._layers) + 1)
        for count in range(2, len(self._layers) + 1):
            for summed in combinations(numbers, count):
                if len({len(self._layers[n - 1].found.values) for n in summed}) == 1:
                    yield summed

    def _hidden_unit(self, source: Source) -> tuple[int, int] | None:
        if source.kind == "token":
            return None
        series = series_of(self._sensitivities, source, self._grouping.unseen)
        for number in range(len(self._layers), 0, -1):
            for unit, value in enumerate(self._layers[number - 1].found.values):
                if same(series, value, SOLVED):
                    return number, unit
        return None


def _single_output(group: Group, vocab: int) -> int | None:
    """The one output that a group moves, always equally: then it is a sum of the output layer."""
    outputs, states = group.response[:, :vocab], group.response[:, vocab:]
    bound = NO_EFFECT * float(group.response.abs().max())
    moved = (outputs.abs() > bound).any(0).nonzero().flatten().tolist()
    if len(moved) != 1 or bool((states.abs() > bound).any()):
        return None
    constant = (outputs[:, moved[0]] - 1).abs().max() < SOLVED
    return int(moved[0]) if bool(constant) else None


def _unit_of(series: Tensor, values: tuple[Tensor, ...]) -> int | None:
    """The unit that has these values."""
    return next((unit for unit, one in enumerate(values) if same(series, one, SOLVED)), None)
