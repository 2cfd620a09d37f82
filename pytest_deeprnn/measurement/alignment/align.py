"""Parameters and states to roles: the whole road from a few calls to reference weights."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor

from pytest_deeprnn.core.sizes import Sizes
from pytest_deeprnn.measurement.alignment import preactivations as sorting
from pytest_deeprnn.measurement.alignment import roles as roles_of
from pytest_deeprnn.measurement.alignment import sensitivities as measuring
from pytest_deeprnn.measurement.alignment.cells import GATES, Cell, CellFound
from pytest_deeprnn.measurement.alignment.layout import (
    Block,
    Growth,
    NotCarried,
    Shape,
    blocks,
    unravel,
)
from pytest_deeprnn.measurement.alignment.preactivations import Grouping
from pytest_deeprnn.measurement.alignment.role_types import LayerFound, Naming
from pytest_deeprnn.measurement.alignment.sensitivities import Sensitivities
from pytest_deeprnn.measurement.alignment.sources import same
from pytest_deeprnn.measurement.alignment.state_layout import Own, StatePlace, owned, state_places
from pytest_deeprnn.measurement.calls.runner import StudentLost, StudentRaised, SubmissionRunner
from pytest_deeprnn.mutations import compiled
from pytest_deeprnn.mutations.extra import Added
from pytest_deeprnn.mutations.mutation import Mutation
from pytest_deeprnn.reference import stack

GENERIC = (5, 3)  # V and H differ and neither is a multiple of the other
OTHER = (7, 4)  # a second pair of sizes, to see which lengths grow
WIDTHS = (7, 3, 6, 4)  # where each layer has its own H: one falls, one rises
_MORE = 2  # by which lengths grow for a second look
Weights = dict[str, Tensor]


@dataclass(frozen=True)
class Held:
    """One weight of one layer (0 for the output layer) in one of the student's tensors."""

    layer: int
    weight: str
    sign: int
    block: Block


@dataclass(frozen=True)
class Alignment:
    """What was found at one depth: the wiring, and every parameter's role.

    `proven` says that the reference with these weights gave the student's numbers in the calls
    that the roles were found in, `everywhere` that nothing speaks against other sizes.
    """

    depth: int
    sensitivities: Sensitivities
    grouping: Grouping
    naming: Naming
    held: tuple[Held, ...]
    old: tuple[StatePlace, ...]
    new: tuple[StatePlace, ...]
    proven: bool
    carried: bool
    everywhere: bool = True

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

    def weights(
        self, values: tuple[Tensor, ...], sizes: Sizes
    ) -> tuple[dict[int, Weights], Weights]:
        """Every layer's weights by their names, and the output layer's, from these numbers."""
        weights: dict[int, Weights] = {
            number: _zeros(layer, self._below(number, sizes), sizes.width(number))
            for number, layer in enumerate(self.naming.layers, start=1)
        }
        output = {
            "W_hq": torch.zeros(self._top(sizes), sizes.vocab, dtype=torch.float64),
            "b_q": torch.zeros(sizes.vocab, dtype=torch.float64),
        }
        for held in self.held:
            owner = weights[held.layer] if held.layer else output
            taken = values[held.block.leaf][self._index(held, sizes)]
            owner[held.weight] = owner[held.weight] + held.sign * taken.reshape(
                owner[held.weight].shape
            )
        return weights, output

    @property
    def unused_leaves(self) -> tuple[int, ...]:
        """The parameters, by their numbers, that influence nothing as a whole or in part."""
        shapes = self.sensitivities.params.shapes
        return tuple(sorted({unravel(flat, shapes)[0] for flat in self.grouping.unused}))

    @property
    def owned(self) -> tuple[Own, ...]:
        """The old state units that belong to each layer."""
        return owned(self.naming, _is_aligned(self.sensitivities))

    def network(
        self, values: tuple[Tensor, ...], sizes: Sizes, mutated: bool = False
    ) -> stack.Network:
        """The reference network with the student's own numbers as weights.

        A mutated one has the equations that were found, the other those of the cells.
        """
        weights, output = self.weights(values, sizes)
        layers = tuple(
            _layer(layer.found, weights[number], layer.found.mutations if mutated else ())
            for number, layer in enumerate(self.naming.layers, start=1)
        )
        return stack.Network(layers, output["W_hq"], output["b_q"])

    def has_form(self, shapes: tuple[Shape, ...]) -> bool:
        """Whether there are as many tensors, each with as many axes, as at generic sizes."""
        generic = self.sensitivities.params.shapes
        return [len(shape) for shape in shapes] == [len(shape) for shape in generic]

    def covers(self, shapes: tuple[Shape, ...], sizes: Sizes) -> bool:
        """Whether the places found fit tensors of these shapes, each element taken once.

        Tensors that serve two sums are taken twice.
        """
        if not self.everywhere or len(shapes) != len(self.sensitivities.params.shapes):
            return False
        counts = [torch.zeros(shape, dtype=torch.int64) for shape in shapes]
        try:
            for held in self.held:
                counts[held.block.leaf][self._index(held, sizes)] += 1
        except IndexError:
            return False
        generic = self.sensitivities.params.shapes
        twice = {unravel(flat, generic)[0] for flat, _, _ in self.naming.doubled}
        used = {held.block.leaf for held in self.held} - twice
        return all(bool((counts[leaf] <= 1).all()) for leaf in used)

    def _below(self, number: int, sizes: Sizes) -> int:
        """The width of what a layer reads."""
        layer = self.naming.layers[number - 1]
        if layer.reads == "inputs":
            return sizes.vocab
        return sizes.width(layer.reads_layer) if layer.reads == "lower" else sizes.below(number)

    def _top(self, sizes: Sizes) -> int:
        """The width of what the output layer reads."""
        return sizes.width(self.naming.output_from or len(self.naming.layers))

    def _index(self, held: Held, sizes: Sizes) -> tuple[Tensor, ...]:
        own = sizes.width(held.layer) if held.layer else self._top(sizes)
        below = self._below(held.layer, sizes) if held.layer else own
        columns = own if held.layer else sizes.vocab
        rows = 1 if held.weight.startswith("b") else below
        if held.layer and held.weight.startswith("W_h"):
            rows = own
        return held.block.index(rows, columns, sizes.lengths)

    def state_of(
        self, values: tuple[Tensor, ...], places: tuple[StatePlace, ...], sizes: Sizes
    ) -> tuple[stack.State, ...]:
        """Sort the student's state tensors into one tuple a layer; raises IndexError."""
        found = {
            (place.layer, place.part): values[place.block.leaf][place.index(sizes)]
            for place in places
        }
        return tuple(
            tuple(found[number, part] for part in range(2) if (number, part) in found)
            for number in range(1, len(self.naming.layers) + 1)
        )


def generic_sizes(depth: int, own_widths: bool) -> Sizes:
    """The sizes that roles are found at."""
    vocab, hiddens = GENERIC
    if not own_widths:
        return Sizes(vocab=vocab, hiddens=hiddens, layers=depth)
    widths = tuple(WIDTHS[layer % len(WIDTHS)] for layer in range(depth))
    return Sizes(vocab=vocab, hiddens=max(widths), layers=depth, widths=widths)


def align(
    student: SubmissionRunner,
    depth: int,
    expected: list[Cell],
    seed: int,
    own_widths: bool = False,
    added: Added = (),
) -> Alignment:
    """Find every role at generic sizes; `added` are mutations to be tried beside the packaged ones.

    Raises StudentRaised, StudentLost or sensitivities.NotMeasurable.
    """
    sizes = generic_sizes(depth, own_widths)
    found = align_at(student, sizes, expected, seed, added)
    if own_widths and found.proven:
        return replace(found, everywhere=_holds(student, found, _larger(sizes)))
    return found


def align_at(
    student: SubmissionRunner, sizes: Sizes, expected: list[Cell], seed: int, added: Added = ()
) -> Alignment:
    """Find every role at these sizes, where V and H should differ and exceed 2."""
    found = _aligned(student, sizes, expected, seed, added, positive=False)
    if found.readable:
        return found
    again = _aligned(student, sizes, expected, seed, added, positive=True)
    return again if _shows_more(again.naming, found.naming) else found


def _shows_more(again: Naming, found: Naming) -> bool:
    """Whether there are more layers, and those that were known before are still the same."""
    both = zip(found.layers, again.layers, strict=False)
    kept = all(one.found.mutations or not other.found.mutations for one, other in both)
    return kept and len(again.layers) > len(found.layers)


def _aligned(
    student: SubmissionRunner,
    sizes: Sizes,
    expected: list[Cell],
    seed: int,
    added: Added,
    positive: bool,
) -> Alignment:
    """One attempt; with positive numbers only, no unit of a rectifier rests."""
    generator = torch.Generator().manual_seed(seed)
    sensitivities = measuring.measure(student, sizes, generator, positive)
    grouping = sorting.group(sensitivities)
    naming = roles_of.name(sensitivities, grouping, expected, added)
    growth = _growths(student, sizes, sensitivities)
    carried = True
    held: list[Held] = []
    old: list[StatePlace] = []
    new: list[StatePlace] = []
    try:
        held = _held(naming, growth[0])
        old, new = state_places(naming, _is_aligned(sensitivities), growth[1], growth[2])
    except NotCarried:
        carried = False
    found = Alignment(
        depth=sizes.layers,
        sensitivities=sensitivities,
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
    student: SubmissionRunner, sizes: Sizes, sensitivities: Sensitivities
) -> tuple[Growth, Growth, Growth]:
    """The shapes of parameters, state and new state at two pairs of sizes."""
    own = sensitivities.params.shapes, sensitivities.state.shapes, sensitivities.new_shapes
    try:
        other = _other_shapes(student, sizes)
    except (StudentRaised, StudentLost):
        other = own  # the checks at many sizes will say what fails
    return (
        Growth(sizes.lengths, own[0], _fitting(own[0], other[0])),
        Growth(sizes.lengths, own[1], _fitting(own[1], other[1])),
        Growth(sizes.lengths, own[2], _fitting(own[2], other[2])),
    )


def _fitting(own: tuple[Shape, ...], other: tuple[Shape, ...]) -> tuple[Shape, ...]:
    fits = [len(shape) for shape in own] == [len(shape) for shape in other]
    return other if fits else own


def _other_shapes(
    student: SubmissionRunner, sizes: Sizes
) -> tuple[tuple[Shape, ...], tuple[Shape, ...], tuple[Shape, ...]]:
    larger = _larger(sizes)
    params, state = student.params(larger), student.state(larger)
    inputs = torch.zeros(1, 2, larger.vocab, dtype=torch.float64)
    inputs[:, :, 0] = 1
    answer = student.forward(larger, inputs, params.values, state.values)
    return params.shapes, state.shapes, tuple(tuple(value.shape) for value in answer.state)


def _larger(sizes: Sizes) -> Sizes:
    """Other sizes, to see which lengths grow."""
    vocab, hiddens = OTHER
    larger = sizes.wider(_MORE) if sizes.widths else sizes.with_hiddens(hiddens)
    return replace(larger, vocab=vocab, batch=2)


def _holds(student: SubmissionRunner, found: Alignment, sizes: Sizes) -> bool:
    """Whether the places, carried to other sizes, give the student's numbers there too."""
    generator = torch.Generator().manual_seed(sizes.layers)
    params, state = student.params(sizes), student.state(sizes)
    if not found.covers(params.shapes, sizes):
        return False
    theta = measuring.draw_values(params.shapes, generator)
    old = measuring.draw_values(state.shapes, generator)
    tokens = torch.arange(sizes.batch).view(1, -1) % sizes.vocab
    inputs = measuring.one_hot(tokens, sizes.vocab)
    answer = student.forward(sizes, inputs, theta, old)
    return _equals(found, sizes, inputs, theta, old, answer.outputs, answer.state)


def _equals(
    found: Alignment,
    sizes: Sizes,
    inputs: Tensor,
    theta: tuple[Tensor, ...],
    old: tuple[Tensor, ...],
    outputs: tuple[Tensor, ...],
    new: tuple[Tensor, ...],
) -> bool:
    """Whether the reference with the roles found gives these outputs and this new state."""
    try:
        state = found.state_of(old, found.old, sizes)
        expected, expected_new = stack.forward(inputs, state, found.network(theta, sizes))
        got = found.state_of(new, found.new, sizes)
    except (IndexError, ValueError, RuntimeError):
        return False
    given = torch.cat([output.reshape(-1) for output in outputs])
    flat = expected.reshape(-1)
    return flat.shape == given.shape and same(flat, given) and _same(expected_new, got)


def _held(naming: Naming, growth: Growth) -> list[Held]:
    elements: dict[tuple[int, str, int], dict[tuple[int, int], list[int]]] = defaultdict(dict)
    served = [(flat, role) for flat, role in enumerate(naming.roles) if role is not None]
    served += [(flat, role) for flat, _, role in naming.doubled]
    for flat, role in served:
        key = role.layer, role.weight, role.sign
        elements[key].setdefault((role.i, role.j), []).append(flat)
    return [
        Held(layer, weight, sign, block)
        for (layer, weight, sign), places in _per_leaf(elements, growth)
        for block in blocks(places, growth, layer)
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


def _zeros(layer: LayerFound, below: int, own: int) -> Weights:
    weights: Weights = {}
    for subscript in GATES[layer.found.cell]:
        weights[f"W_x{subscript}"] = torch.zeros(below, own, dtype=torch.float64)
        weights[f"W_h{subscript}"] = torch.zeros(own, own, dtype=torch.float64)
        weights[f"b_{subscript}"] = torch.zeros(own, dtype=torch.float64)
    if layer.found.reset_after:
        weights["b_hh"] = torch.zeros(own, dtype=torch.float64)
    return weights


def _layer(found: CellFound, weights: Weights, mutations: tuple[Mutation, ...]) -> stack.Layer[Any]:
    name = "step_reset_after" if found.reset_after else "step"
    step = compiled.step(found.cell, name, mutations)
    return stack.Layer(step, compiled.CELLS[found.cell].Weights(**weights))


def _is_aligned(sensitivities: Sensitivities) -> bool:
    """Whether the new state has the old one's layout, so that a position means the same in both."""
    return sensitivities.old.shape == sensitivities.new.shape


def _proves(found: Alignment) -> bool:
    """Run the reference on the calls that were measured and compare."""
    prints = found.sensitivities
    wired = all(
        layer.reads in (("inputs",) if number == 0 else ("below", "nothing"))
        and not layer.found.mutations
        for number, layer in enumerate(found.naming.layers)
    )
    naming = found.naming
    if not wired or naming.faults or naming.doubled or naming.output_from != len(naming.layers):
        return False
    for call in range(0, len(prints.token), prints.sizes.vocab):
        values = measuring.split(prints.theta[call], prints.params.shapes)
        old = measuring.split(prints.old[call], prints.state.shapes)
        new = measuring.split(prints.new[call], prints.new_shapes)
        inputs = measuring.one_hot(prints.token[call].view(1, 1), prints.sizes.vocab)
        if not _equals(found, prints.sizes, inputs, values, old, (prints.outputs[call],), new):
            return False
    return True


def _same(left: tuple[stack.State, ...], right: tuple[stack.State, ...]) -> bool:
    if [len(state) for state in left] != [len(state) for state in right]:
        return False
    pairs = zip((t for s in left for t in s), (t for s in right for t in s), strict=True)
    return all(same(mine, other) for mine, other in pairs)
