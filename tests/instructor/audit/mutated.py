"""The mutated reference with the numbers of a generated file's parameters and state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace

import torch
from torch import Tensor

from pytest_deeprnn.core.exercise import Exercise
from pytest_deeprnn.instructor.audit import (
    cell_faults,
    compose,
    file,
    rights,
    running,
    setup_faults,
    states,
    wiring_faults,
)
from pytest_deeprnn.instructor.audit.errors import Inexpressible
from pytest_deeprnn.instructor.audit.mutant import Specimen
from pytest_deeprnn.instructor.audit.network import Network
from pytest_deeprnn.instructor.audit.style import Style
from pytest_deeprnn.mutations import compiled
from pytest_deeprnn.mutations.mutation import Mutation
from pytest_deeprnn.reference import stack

_PREFIXES = {"x": "W_x", "h": "W_h", "b": "b_", "c": "c_"}


@dataclass(frozen=True)
class Generated:
    """One generated file, and what it is said to compute."""

    exercise: Exercise
    style: Style
    specimen: Specimen
    network: Network
    text: str


def specimens(exercise: Exercise) -> list[list[Specimen]]:
    """All right variants and faults, by what they are."""
    depth = exercise.network.max_layers
    return [
        *rights.rights(exercise),
        *cell_faults.faults(exercise, depth),
        *wiring_faults.faults(exercise, depth),
        *setup_faults.faults(),
    ]


def generate(exercise: Exercise, style: Style, specimen: Specimen) -> Generated | None:
    """Write the file; None where the style has no way to."""
    try:
        network = compose.network(exercise, style, specimen)
        return Generated(exercise, style, specimen, network, file.make(network, style))
    except Inexpressible:
        return None


def expected(one: Generated, depth: int, numbers: running.Numbers) -> tuple[Tensor, ...]:
    """What the mutated reference gives: the outputs, then the new state as the file lays it."""
    params = iter(numbers.params)
    layers = tuple(_layer(one, number, params, depth) for number in range(depth))
    W_hq, b_q = params
    W_hq = W_hq.T if one.style.product == "linear" else W_hq
    stacked = states.lying(one.network, one.style) == "stacked"
    forward = compiled.forward(one.specimen.wiring)
    state = tuple(_state(one.network, numbers.state, depth, stacked))
    outputs, new = forward(numbers.inputs, state, stack.Network(layers, W_hq, b_q))
    if stacked:
        return (outputs, *(torch.stack(part) for part in zip(*new, strict=True)))
    return (outputs, *(part for parts in new for part in parts))


def _state(
    network: Network, given: tuple[Tensor, ...], depth: int, stacked: bool
) -> Iterator[stack.State]:
    parts = iter(given)
    for layer in range(depth):
        if stacked:
            yield tuple(part[layer] for part in given)
        else:
            yield tuple(next(parts) for _ in range(network.parts(layer)))


def _layer(
    one: Generated, number: int, params: Iterator[Tensor], depth: int
) -> stack.Layer[SimpleNamespace]:
    cell = one.exercise.cells(depth)[number]
    name = compose.step_name(one.exercise, one.style, one.specimen, cell)
    mutations = compose.mutations_of(one.exercise, one.style, one.specimen, cell, number + 1)
    weights = _weights(one, number, params)
    return stack.Layer(_step(cell, name, mutations), weights)


def _step(cell: str, name: str, mutations: tuple[Mutation, ...]) -> stack.Step[SimpleNamespace]:
    """Mutations fit in one of their orders."""
    try:
        return compiled.step(cell, name, mutations)
    except LookupError:
        return compiled.step(cell, name, mutations[::-1])


def _weights(one: Generated, number: int, params: Iterator[Tensor]) -> SimpleNamespace:
    """The reference's weights, cut out of the file's parameters."""
    found: dict[str, Tensor | None] = {}
    for weight in one.network.layers[number].weights:
        value = next(params)
        turned = value.T if one.style.product == "linear" and value.dim() == 2 else value
        for gate, part in zip(weight.gates, turned.chunk(len(weight.gates), -1), strict=True):
            if weight.kind == "xh":
                found[f"W_x{gate}"] = part[: -running.UNITS]
                found[f"W_h{gate}"] = part[-running.UNITS :]
            else:
                found[f"{_PREFIXES[weight.kind]}{gate}"] = part
    return SimpleNamespace(b_hh=found.get("c_h"), **found)
