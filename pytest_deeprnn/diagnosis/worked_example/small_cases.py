"""Calls of a submission on numbers that can be followed with a pocket calculator."""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import Tensor

from pytest_deeprnn.core.sizes import Sizes
from pytest_deeprnn.measurement.alignment.align import Alignment
from pytest_deeprnn.measurement.alignment.sensitivities import FirstCall, one_hot
from pytest_deeprnn.measurement.calls.replies import Numbers
from pytest_deeprnn.measurement.cases.drawn import Case
from pytest_deeprnn.measurement.trace import Trace
from pytest_deeprnn.measurement.traces import Traces

ROUND = (-1.0, -0.5, 0.5, 1.0)


def drawn(
    alignment: Alignment, sizes: Sizes, params: Numbers, state: Numbers, seed: int
) -> FirstCall:
    """A call with round numbers; what has no role is zero."""
    generator = torch.Generator().manual_seed(seed)
    used = _used(alignment, params, sizes)
    # no two steps alike, and not the same numbers when steps and sequences change places
    tokens = torch.arange(sizes.steps).unsqueeze(1) + 2 * torch.arange(sizes.batch)
    return FirstCall(
        sizes=sizes,
        inputs=one_hot(tokens % sizes.vocab, sizes.vocab),
        theta=tuple(_round(one.shape, generator) * one for one in used),
        old=tuple(_round(shape, generator) for shape in state.shapes),
    )


def _round(shape: tuple[int, ...], generator: torch.Generator) -> Tensor:
    chosen = torch.randint(0, len(ROUND), shape, generator=generator)
    return torch.tensor(ROUND, dtype=torch.float64)[chosen]


def _used(alignment: Alignment, params: Numbers, sizes: Sizes) -> list[Tensor]:
    """1 where an element serves as a weight, else 0.

    What serves as nothing may be what a missing term should multiply. Where it is zero, the
    reference's numbers do not depend on which.
    """
    generator = torch.Generator().manual_seed(0)
    values = tuple(
        torch.rand(shape, generator=generator, dtype=torch.float64).requires_grad_()
        for shape in params.shapes
    )
    layers, output = alignment.weights(values, sizes)
    weights = [one for owner in (*layers.values(), output) for one in owner.values()]
    total = torch.stack([weight.square().sum() for weight in weights]).sum()
    slopes = torch.autograd.grad(total, values, allow_unused=True, materialize_grads=True)
    return [(slope != 0).to(torch.float64) for slope in slopes]


def cut(call: FirstCall, steps: int) -> FirstCall:
    """The same call with the first steps only."""
    return replace(call, sizes=replace(call.sizes, steps=steps), inputs=call.inputs[:steps])


def made(
    traces: Traces,
    alignment: Alignment,
    params: Numbers,
    state: Numbers,
    seed: int,
    call: FirstCall,
) -> Trace:
    """Make a call; raises StudentRaised or StudentLost."""
    return Trace(
        case=_case(call.sizes, seed),
        sizes=call.sizes,
        params=params,
        state=state,
        inputs=call.inputs,
        theta=call.theta,
        old=call.old,
        answer=traces.student.forward(call.sizes, call.inputs, call.theta, call.old),
        alignment=alignment,
        expected=None,
    )


def _case(sizes: Sizes, seed: int) -> Case:
    return Case(
        vocab=sizes.vocab,
        hiddens=sizes.hiddens,
        layers=sizes.layers,
        batch=sizes.batch,
        steps=sizes.steps,
        dtype=sizes.dtype,
        device=sizes.device,
        seed=seed,
        widths=sizes.widths,
    )
