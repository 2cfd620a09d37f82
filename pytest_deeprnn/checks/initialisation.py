"""initialisation: the numbers that get_params starts with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import torch
from torch import Tensor

from pytest_deeprnn.checks.outcome import Failed, Outcome, Passed
from pytest_deeprnn.core.facts import parameters as facts
from pytest_deeprnn.core.facts.fact import Fact, TensorPath
from pytest_deeprnn.core.finding import Finding
from pytest_deeprnn.core.sizes import Sizes
from pytest_deeprnn.measurement.calls.replies import Numbers
from pytest_deeprnn.measurement.traces import Traces

SIZES = (28, 32)  # V and H: large enough for the scale of a few hundred numbers to be sure
_WIDER = 4.0  # of the upper bound, for a weight that a step does not go through again and again


def initialisation(traces: Traces) -> Outcome:
    """Weights start at random, at a scale near the exercise's; biases may start at anything."""
    depth = traces.depths[-1]
    vocab, hiddens = SIZES
    sizes = replace(traces.probe(depth).with_hiddens(hiddens), vocab=vocab)
    made = traces.student.params(sizes)
    low, high = traces.exercise.initial.scale
    for path, value in zip(_paths(made), made.values, strict=True):
        if not bool(torch.isfinite(value).all()):
            return _failed("init-constant", facts.UnfilledMemory(path), path)
    for name, path, weight, is_recurrent in _weights(traces, made, sizes, depth):
        if isinstance(name, facts.WeightOfOutput) and not bool(weight.any()):
            continue  # an output layer may start at zero: its gradients do not
        if _is_constant(weight):
            return _failed("init-constant", facts.EqualStart(name), path)
        scale = float(weight.square().mean().sqrt())
        most = high if is_recurrent else _WIDER * high
        if not low <= scale <= most:
            return _failed("init-scale", facts.StartScale(name, scale, low, most), path)
    return Passed()


def _paths(made: Numbers) -> list[TensorPath]:
    return [TensorPath(f"params{leaf.path}") for leaf in made.floats]


def _weights(
    traces: Traces, made: Numbers, sizes: Sizes, depth: int
) -> Iterator[tuple[Fact, TensorPath, Tensor, bool]]:
    """The weights by name and tensor, and whether they are recurrent.

    With unknown roles every matrix is taken for one that is not.
    """
    alignment = traces.alignment_or_none(depth)
    if alignment is not None and alignment.proven and alignment.covers(made.shapes, sizes):
        network = alignment.network(made.values, sizes)
        paths = _paths(made)
        held = {(one.layer, one.weight): paths[one.block.leaf] for one in alignment.held}
        for number, layer in enumerate(network.layers, start=1):
            for name, weight in vars(layer.weights).items():
                if name.startswith("W_") and (number, name) in held:
                    path = held[number, name]
                    told = facts.WeightOfLayer(name, number)
                    yield told, path, weight, name.startswith("W_h")
        yield facts.WeightOfOutput("W_hq"), held[0, "W_hq"], network.W_hq, False
        return
    for path, value in zip(_paths(made), made.values, strict=True):
        if value.dim() >= 2 and min(value.shape[-2:]) >= min(SIZES):  # no stack of biases
            yield facts.Tensor(path), path, value, False


def _is_constant(weight: Tensor) -> bool:
    """Whether every unit, a column of the weight or a row of a transposed one, starts alike."""
    columns = bool((weight == weight[..., :1]).all())
    rows = bool((weight == weight[..., :1, :]).all())
    return columns or rows


def _failed(code: str, fact: Fact, path: str) -> Failed:
    finding = Finding(code, fact, function="get_params", leaf=path)
    return Failed(fact, (finding,))
