"""A network run with all that its layers compute on the way, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from pytest_deeprnn.measurement.alignment.align import Alignment
from pytest_deeprnn.measurement.alignment.cells import CellFound
from pytest_deeprnn.measurement.trace import Trace
from pytest_deeprnn.mutations import compiled
from pytest_deeprnn.mutations.compiled import Mutations
from pytest_deeprnn.mutations.mutation import Edit
from pytest_deeprnn.reference import stack

Values = Mapping[str, Tensor]


@dataclass(frozen=True)
class Run:
    """What each layer computed in each step, by the names of the equations, lowest layer first.

    `top` (T, B, H) is what the output layer read; `network` has the weights, `mutations` are those
    of the wiring.
    """

    steps: tuple[tuple[Values, ...], ...]
    top: Tensor
    network: stack.Network
    mutations: Mutations


def step_name(found: CellFound) -> str:
    """The function of the reference that takes such a layer one step further."""
    return "step_reset_after" if found.reset_after else "step"


def run(alignment: Alignment, trace: Trace, mutations: Mutations | None = None) -> Run:
    """Run the reference, or with mutations of the wiring the network as it was found.

    Raises RuntimeError or ValueError where the weights do not fit.
    """
    mutated = mutations is not None
    network = alignment.network(trace.theta, trace.sizes, mutated=mutated)
    seen: list[Values] = []
    layers = tuple(
        replace(layer, step=_seen_by(seen, found.found, layer.step, mutated))
        for found, layer in zip(alignment.naming.layers, network.layers, strict=True)
    )
    width = len(network.W_hq)
    plain = stack.Network(layers, torch.eye(width).to(network.W_hq), torch.zeros(width))
    wiring = mutations or ()
    inside = tuple(one for one in wiring if not _changes_outputs(one.edits))
    state = alignment.state_of(trace.old, alignment.old, trace.sizes)
    rows, _ = compiled.forward(inside)(trace.inputs, state, plain)
    count = len(layers)
    steps = tuple(tuple(seen[first : first + count]) for first in range(0, len(seen), count))
    return Run(steps, rows.unflatten(0, (len(steps), -1)), network, wiring)


def _changes_outputs(edits: tuple[Edit, ...]) -> bool:
    return any(edit.place in ("outputs", "return") for edit in edits)


def _seen_by(
    seen: list[Values], found: CellFound, step: stack.Step[object], mutated: bool
) -> stack.Step[object]:
    """A step that notes all its values besides."""
    traced = compiled.traced(found.cell, step_name(found), found.mutations if mutated else ())

    def noted(X: Tensor, state: stack.State, W: object) -> stack.State:
        seen.append(traced(X, state, W))
        return step(X, state, W)

    return noted
