"""Parameters and states to roles: the whole road from a few calls to reference weights."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor

from pytest_deeprnn.alignment import footprints as measuring
from pytest_deeprnn.alignment import grouping as sorting
from pytest_deeprnn.alignment import naming as roles_of
from pytest_deeprnn.alignment.cells import GATES, Cell
from pytest_deeprnn.alignment.footprints import Footprints
from pytest_deeprnn.alignment.grouping import Grouping
from pytest_deeprnn.alignment.naming import Naming
from pytest_deeprnn.alignment.places import Block, Growth, NotCarried, Shape, blocks, unravel
from pytest_deeprnn.reference import gru, lstm, rnn, stack
from pytest_deeprnn.student import Sizes, Student, StudentLost, StudentRaised

GENERIC = (5, 3)  # V and H differ and neither is a multiple of the other
OTHER = (7, 4)  # a second pair of sizes, to see which lengths grow
Weights = dict[str, Tensor]


@dataclass(frozen=True)
class Held:
    """One weight of one layer (0 for the output layer) in one of the student's tensors."""

    layer: int
    weight: str
    sign: int
    block: Block


@dataclass(frozen=True)
class StatePlace:
    """One layer's H (part 0) or C (part 1) in one of the student's state tensors.

    `rows` is the axis that counts the batch, None where there is none.
    """

    layer: int
    part: int
    block: Block
    rows: int | None


@dataclass(frozen=True)
class Alignment:
    """What was found at one depth: the wiring, and every parameter's role.

    `proven` says that the reference with these weights gave the student's numbers in the calls
    that the roles were found in.
    """

    depth: int
    footprints: Footprints
    grouping: Grouping
    naming: Naming
    held: tuple[Held, ...]
    old: tuple[StatePlace, ...]
    new: tuple[StatePlace, ...]
    proven: bool
    carried: bool

    @property
    def readable(self) -> bool:
        """Whether every role is known, so that the network asked for has the student's weights."""
        naming = self.naming
        whole = len(naming.layers) >= self.depth and naming.output_from is not None
        odd = naming.left or naming.doubled or naming.faults
        return self.proven or (self.carried and whole and not odd)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells found, from the lowest layer."""
        return tuple(layer.found.cell for layer in self.naming.layers)

    def network(self, values: tuple[Tensor, ...], sizes: Sizes) -> stack.Network:
        """The reference network with the student's own numbers as weights."""
        weights: dict[int, Weights] = {
            number: _zeros(number, layer.found.cell, layer.found.reset_after, sizes)
            for number, layer in enumerate(self.naming.layers, start=1)
        }
        output = {
            "W_hq": torch.zeros(sizes.hiddens, sizes.vocab, dtype=torch.float64),
            "b_q": torch.zeros(sizes.vocab, dtype=torch.float64),
        }
        for held in self.held:
            owner = weights[held.layer] if held.layer else output
            taken = values[held.block.leaf][_index(held, sizes)]
            owner[held.weight] = owner[held.weight] + held.sign * taken.reshape(
                owner[held.weight].shape
            )
        layers = tuple(
            _layer(layer.found.cell, layer.found.reset_after, weights[number])
            for number, layer in enumerate(self.naming.layers, start=1)
        )
        return stack.Network(layers, output["W_hq"], output["b_q"])

    def covers(self, shapes: tuple[Shape, ...], sizes: Sizes) -> bool:
        """Whether the places found fit tensors of these shapes, each element taken once."""
        if len(shapes) != len(self.footprints.params.shapes):
            return False
        counts = [torch.zeros(shape, dtype=torch.int64) for shape in shapes]
        try:
            for held in self.held:
                counts[held.block.leaf][_index(held, sizes)] += 1
        except IndexError:
            return False
        used = {held.block.leaf for held in self.held}
        return all(bool((counts[leaf] <= 1).all()) for leaf in used)

    def state_of(
        self, values: tuple[Tensor, ...], places: tuple[StatePlace, ...], sizes: Sizes
    ) -> tuple[stack.State, ...]:
        """Sort the student's state tensors into one tuple a layer; raises IndexError."""
        found = {
            (place.layer, place.part): values[place.block.leaf][_state_index(place, sizes)]
            for place in places
        }
        return tuple(
            tuple(found[number, part] for part in range(2) if (number, part) in found)
            for number in range(1, len(self.naming.layers) + 1)
        )


def align(student: Student, depth: int, expected: list[Cell], seed: int) -> Alignment:
    """Find every role at generic sizes.

    Raises StudentRaised, StudentLost or footprints.NotMeasurable.
    """
    sizes = Sizes(vocab=GENERIC[0], hiddens=GENERIC[1], layers=depth)
    return align_at(student, sizes, expected, seed)


def align_at(student: Student, sizes: Sizes, expected: list[Cell], seed: int) -> Alignment:
    """Find every role at these sizes, where V and H should differ and exceed 2."""
    generator = torch.Generator().manual_seed(seed)
    footprints = measuring.measure(student, sizes, generator)
    grouping = sorting.group(footprints)
    naming = roles_of.name(footprints, grouping, expected)
    growth = _growths(student, sizes, footprints)
    carried = True
    held: list[Held] = []
    old: list[StatePlace] = []
    new: list[StatePlace] = []
    try:
        held = _held(naming, growth[0])
        old, new = _state_places(naming, footprints, growth[1], growth[2])
    except NotCarried:
        carried = False
    found = Alignment(
        depth=sizes.layers,
        footprints=footprints,
        grouping=grouping,
        naming=naming,
        held=tuple(held),
        old=tuple(old),
        new=tuple(new),
        proven=False,
        carried=carried,
    )
    return replace(found, proven=carried and _proves(found))


def _growths(
    student: Student, sizes: Sizes, footprints: Footprints
) -> tuple[Growth, Growth, Growth]:
    """The shapes of parameters, state and new state at two pairs of sizes."""
    own = footprints.params.shapes, footprints.state.shapes, footprints.new_shapes
    try:
        other = _other_shapes(student, sizes)
    except (StudentRaised, StudentLost):
        other = own  # the checks at many sizes will say what fails
    return (
        Growth(sizes.vocab, sizes.hiddens, own[0], _fitting(own[0], other[0])),
        Growth(sizes.vocab, sizes.hiddens, own[1], _fitting(own[1], other[1])),
        Growth(sizes.vocab, sizes.hiddens, own[2], _fitting(own[2], other[2])),
    )


def _fitting(own: tuple[Shape, ...], other: tuple[Shape, ...]) -> tuple[Shape, ...]:
    fits = [len(shape) for shape in own] == [len(shape) for shape in other]
    return other if fits else own


def _other_shapes(
    student: Student, sizes: Sizes
) -> tuple[tuple[Shape, ...], tuple[Shape, ...], tuple[Shape, ...]]:
    larger = replace(sizes, vocab=OTHER[0], hiddens=OTHER[1], batch=2)
    params, state = student.params(larger), student.state(larger)
    inputs = torch.zeros(1, 2, larger.vocab, dtype=torch.float64)
    inputs[:, :, 0] = 1
    answer = student.forward(larger, inputs, params.values, state.values)
    return params.shapes, state.shapes, tuple(tuple(value.shape) for value in answer.state)


def _held(naming: Naming, growth: Growth) -> list[Held]:
    elements: dict[tuple[int, str, int], dict[tuple[int, int], list[int]]] = defaultdict(dict)
    for flat, role in enumerate(naming.roles):
        if role is not None:
            key = role.layer, role.weight, role.sign
            elements[key].setdefault((role.i, role.j), []).append(flat)
    return [
        Held(layer, weight, sign, block)
        for (layer, weight, sign), places in _per_leaf(elements, growth)
        for block in blocks(places, growth)
    ]


def _per_leaf(
    elements: dict[tuple[int, str, int], dict[tuple[int, int], list[int]]], growth: Growth
) -> Iterable[tuple[tuple[int, str, int], dict[tuple[int, int], list[int]]]]:
    """One weight may be held by several tensors (two biases): describe each by itself."""
    for key, places in elements.items():
        by_leaf: dict[int, dict[tuple[int, int], list[int]]] = defaultdict(dict)
        for place, positions in places.items():
            for position in positions:
                leaf, _ = unravel(position, growth.generic)
                by_leaf[leaf].setdefault(place, []).append(position)
        for held in by_leaf.values():
            yield key, held


def _state_places(
    naming: Naming, footprints: Footprints, old: Growth, new: Growth
) -> tuple[list[StatePlace], list[StatePlace]]:
    before: list[StatePlace] = []
    after: list[StatePlace] = []
    aligned = footprints.old.shape == footprints.new.shape
    taken: set[int] = set()
    for number, layer in enumerate(naming.layers, start=1):
        found = layer.found
        hidden_before = found.old_hidden or layer.recurrent
        if aligned and (not hidden_before or taken & set(hidden_before)):
            hidden_before = found.hidden  # what it reads instead belongs to a layer below
        taken |= set(hidden_before)
        for part, positions, target, growth in (
            (0, hidden_before, before, old),
            (1, found.old_memory, before, old),
            (0, found.hidden, after, new),
            (1, found.memory, after, new),
        ):
            if positions:
                target.append(_state_place(number, part, positions, growth))
    return before, after


def _state_place(number: int, part: int, positions: tuple[int, ...], growth: Growth) -> StatePlace:
    (block,) = blocks({(0, unit): [flat] for unit, flat in enumerate(positions)}, growth)
    small, large = growth.generic[block.leaf], growth.other[block.leaf]
    axes = [
        axis
        for axis, (a, b) in enumerate(zip(small, large, strict=True))
        if (a, b) == (1, 2) and block.across[axis] == 0
    ]
    return StatePlace(number, part, block, axes[0] if axes else None)


def _index(held: Held, sizes: Sizes) -> tuple[Tensor, ...]:
    below = sizes.vocab if held.layer == 1 else sizes.hiddens
    rows, columns = {
        "W_hq": (sizes.hiddens, sizes.vocab),
        "b_q": (1, sizes.vocab),
    }.get(held.weight, (below if held.weight.startswith("W_x") else sizes.hiddens, sizes.hiddens))
    if held.weight.startswith("b"):
        rows = 1
    return held.block.index(rows, columns, sizes.vocab, sizes.hiddens)


def _state_index(place: StatePlace, sizes: Sizes) -> tuple[Tensor, ...]:
    index = list(place.block.index(1, sizes.hiddens, sizes.vocab, sizes.hiddens))
    if place.rows is not None:
        index[place.rows] = index[place.rows] + torch.arange(sizes.batch).unsqueeze(1)
    shape = torch.Size((sizes.batch, sizes.hiddens))
    return tuple(part.expand(shape) for part in index)


def _zeros(number: int, cell: Cell, reset_after: bool, sizes: Sizes) -> Weights:
    below = sizes.vocab if number == 1 else sizes.hiddens
    weights: Weights = {}
    for subscript in GATES[cell]:
        weights[f"W_x{subscript}"] = torch.zeros(below, sizes.hiddens, dtype=torch.float64)
        weights[f"W_h{subscript}"] = torch.zeros(sizes.hiddens, sizes.hiddens, dtype=torch.float64)
        weights[f"b_{subscript}"] = torch.zeros(sizes.hiddens, dtype=torch.float64)
    if reset_after:
        weights["b_hh"] = torch.zeros(sizes.hiddens, dtype=torch.float64)
    return weights


def _layer(cell: Cell, reset_after: bool, weights: Weights) -> stack.Layer[Any]:
    match cell:
        case "rnn":
            return stack.Layer(rnn.step, rnn.Weights(**weights))
        case "gru":
            step = gru.step_reset_after if reset_after else gru.step
            return stack.Layer(step, gru.Weights(**weights))
        case "lstm":
            return stack.Layer(lstm.step, lstm.Weights(**weights))


def _proves(found: Alignment) -> bool:
    """Run the reference on the calls that were measured and compare."""
    prints = found.footprints
    wired = all(
        layer.reads == ("inputs" if number == 0 else "below")
        and layer.found.activation == "tanh"
        and layer.found.twist is None
        for number, layer in enumerate(found.naming.layers)
    )
    naming = found.naming
    if not wired or naming.faults or naming.doubled or naming.output_from != len(naming.layers):
        return False
    for call in range(0, len(prints.token), prints.sizes.vocab):
        values = _split(prints.theta[call], prints.params.shapes)
        old = _split(prints.old[call], prints.state.shapes)
        inputs = measuring.one_hot(prints.token[call].view(1, 1), prints.sizes.vocab)
        try:
            state = found.state_of(old, found.old, prints.sizes)
            outputs, new = stack.forward(inputs, state, found.network(values, prints.sizes))
            got = found.state_of(
                _split(prints.new[call], prints.new_shapes), found.new, prints.sizes
            )
        except (IndexError, ValueError, RuntimeError):
            return False
        if not (sorting.same(outputs.reshape(-1), prints.outputs[call]) and _same(new, got)):
            return False
    return True


def _same(left: tuple[stack.State, ...], right: tuple[stack.State, ...]) -> bool:
    if [len(state) for state in left] != [len(state) for state in right]:
        return False
    pairs = zip((t for s in left for t in s), (t for s in right for t in s), strict=True)
    return all(sorting.same(mine, other) for mine, other in pairs)


def _split(flat: Tensor, shapes: tuple[Shape, ...]) -> tuple[Tensor, ...]:
    sizes = [int(torch.Size(shape).numel()) for shape in shapes]
    return tuple(part.view(shape) for part, shape in zip(flat.split(sizes), shapes, strict=True))
