"""Draws the network that the student's functions compute, as it was measured.

A network that was proven to give their numbers is run with every node cut off: what a node's
values still have a gradient for is what reaches it directly.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import torch
from torch import Tensor

from pytest_deeprnn.checks.evidence.proof import Proof, prove
from pytest_deeprnn.core.network_graph import (
    STEPS,
    Cell,
    Edge,
    Node,
    Part,
    Unrolled,
    as_it_should_be,
    compared,
)
from pytest_deeprnn.diagnosis.observed_edges import returned, seen_edges
from pytest_deeprnn.measurement.alignment.align import Alignment
from pytest_deeprnn.measurement.alignment.sensitivities import one_hot
from pytest_deeprnn.measurement.traces import Traces
from pytest_deeprnn.mutations import compiled
from pytest_deeprnn.reference import stack

_PARTS: tuple[Part, Part] = ("H", "C")
_MOST_LAYERS = 4  # what a drawing has room for
_SHOWN = 2  # layers, where the depth can be chosen


def unroll(traces: Traces, layer: int | None, right: bool) -> Unrolled | None:
    """The network at the least depth that shows what is odd; None where nothing is known of it.

    `right` says that all numbers were the reference's. Raises what the student's functions raise.
    """
    depth = _depth(traces, layer, right)
    alignment = None if depth is None else traces.alignment_or_none(depth)
    if alignment is None or not 0 < alignment.depth <= _MOST_LAYERS:
        return None
    asked = tuple(traces.exercise.cells(alignment.depth))
    proof = Proof(alignment, (), ()) if right else prove(alignment, traces)
    wanted = set(as_it_should_be(asked))
    found, unknown = (_cut(proof), set[Edge]()) if proof else seen_edges(alignment, asked)
    found = {edge for edge in found if edge.target.kind != "new"} | returned(alignment, found)
    if not found:
        return None
    return Unrolled(
        cells=tuple(_cell(alignment, number) for number in range(len(asked))),
        steps=STEPS,
        proven=proof is not None,
        arrows=compared(wanted, found, unknown),
    )


def _depth(traces: Traces, layer: int | None, right: bool) -> int | None:
    usual = min((abs(depth - _SHOWN), depth) for depth in traces.depths)[1]
    if right:
        return usual
    odd = traces.odd_depth(max(layer or 0, usual))
    alignment = None if odd is None else traces.alignment_or_none(odd)
    return odd if alignment is not None and not alignment.proven else usual


def _cell(alignment: Alignment, number: int) -> Cell:
    return alignment.cells[number] if number < len(alignment.cells) else ""


@dataclass
class _Cut:
    """Runs a network in whose nodes all gradients end, and notes what reaches each."""

    sources: list[tuple[Node, Part, Tensor]] = field(default_factory=list)
    edges: set[Edge] = field(default_factory=set)

    def source(self, node: Node, part: Part, value: Tensor) -> Tensor:
        """A value of a node, from which gradients are noted on."""
        leaf = value.detach().requires_grad_()
        self.sources.append((node, part, leaf))
        return leaf

    def reaches(self, target: Node, value: Tensor, inputs: Tensor) -> None:
        """Note all nodes that a value comes from directly."""
        if not value.requires_grad:
            return
        weighted = (value * torch.randn(value.shape, dtype=value.dtype)).sum()
        leaves = [leaf for _, _, leaf in self.sources]
        *slopes, of_inputs = torch.autograd.grad(
            weighted, [*leaves, inputs], allow_unused=True, retain_graph=True
        )
        for (node, part, _), slope in zip(self.sources, slopes, strict=True):
            if slope is not None and bool(slope.any()):
                self.edges.add(Edge(source=node, target=target, part=part))
        if of_inputs is not None:
            for step in of_inputs.flatten(1).any(1).nonzero().flatten().tolist():
                self.edges.add(Edge(source=Node(kind="input", step=step + 1), target=target))


def _cut(proof: Proof) -> set[Edge]:
    """The edges of the network of a proof."""
    alignment = proof.alignment
    call = alignment.sensitivities.first_call()
    sizes = replace(call.sizes, steps=STEPS)
    tokens = torch.arange(STEPS).remainder(sizes.vocab).unsqueeze(1)
    inputs = one_hot(tokens, sizes.vocab).requires_grad_()
    cut = _Cut()
    with torch.random.fork_rng(devices=()), torch.enable_grad():
        torch.manual_seed(0)
        network = _instrumented(alignment.network(call.theta, sizes, mutated=True), cut, inputs)
        state = alignment.state_of(call.old, alignment.old, sizes)
        given = tuple(
            _sources(cut, Node(kind="old", layer=number), parts)
            for number, parts in enumerate(state, start=1)
        )
        forward = compiled.forward((*proof.wired, *proof.runs))
        outputs, carried = forward(inputs, given, network)
        _ends(cut, outputs, carried, inputs)
    return cut.edges


def _ends(cut: _Cut, outputs: Tensor, carried: tuple[stack.State, ...], inputs: Tensor) -> None:
    """Note what reaches the outputs and the state that is returned."""
    for step, row in enumerate(outputs, start=1):
        cut.reaches(Node(kind="output", step=step), row, inputs)
    for number, parts in enumerate(carried, start=1):
        for value in parts:
            cut.reaches(Node(kind="new", layer=number), value, inputs)


def _instrumented(network: stack.Network, cut: _Cut, inputs: Tensor) -> stack.Network:
    layers = tuple(
        _noting(layer, number, cut, inputs) for number, layer in enumerate(network.layers, start=1)
    )
    return replace(network, layers=layers)


def _noting(layer: stack.Layer[Any], number: int, cut: _Cut, inputs: Tensor) -> stack.Layer[Any]:
    """A layer whose steps note what they come from, and end there."""
    done = 0

    def step(X: Tensor, state: stack.State, weights: object) -> stack.State:
        nonlocal done
        done += 1
        here = Node(kind="layer", layer=number, step=done)
        now = layer.step(X, state, weights)
        for value in now:
            cut.reaches(here, value, inputs)
        return _sources(cut, here, now)

    return replace(layer, step=step)


def _sources(cut: _Cut, node: Node, parts: Iterable[Tensor]) -> stack.State:
    return tuple(cut.source(node, part, value) for part, value in zip(_PARTS, parts, strict=False))
