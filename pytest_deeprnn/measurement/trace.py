"""What one case's calls gave, beside what the reference gives for the same numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from pytest_deeprnn.core.sizes import Sizes
from pytest_deeprnn.core.tolerances import OUTPUTS, OUTPUTS_ROUNDED, REPEATED
from pytest_deeprnn.measurement.alignment.align import Alignment
from pytest_deeprnn.measurement.calls.replies import Answer, Numbers
from pytest_deeprnn.measurement.cases.drawn import Case
from pytest_deeprnn.reference import stack

_MANY_UNITS = 8  # more than these, and drawn weights are scaled down


@dataclass(frozen=True)
class Trace:
    """One case: what the student's functions were given and what came.

    `expected` is what the reference gives with the same numbers, None where the roles of the
    parameters are not known; outputs (T·B, V), new state a tuple of (B, H) for each layer.
    """

    case: Case
    sizes: Sizes
    params: Numbers
    state: Numbers
    inputs: Tensor
    theta: tuple[Tensor, ...]
    old: tuple[Tensor, ...]
    answer: Answer
    alignment: Alignment | None
    expected: tuple[Tensor, tuple[stack.State, ...]] | None
    out_of_reach: bool = False

    @property
    def tolerance(self) -> float:
        """How far numbers may differ, absolutely and relative to the expected one."""
        return OUTPUTS_ROUNDED if self.answer.rounded else OUTPUTS[self.case.dtype]

    def rows(self) -> Tensor:
        """The outputs as rows (T·B, V), whatever their form."""
        return torch.cat([value.reshape(-1, self.sizes.vocab) for value in self.answer.outputs])

    def new_state(self) -> tuple[stack.State, ...]:
        """The student's new state sorted by layer; raises IndexError where parts are missing."""
        assert self.alignment is not None
        return self.alignment.state_of(self.answer.state, self.alignment.new, self.sizes)


def is_tiny(sizes: Sizes) -> bool:
    """Whether a size of one leaves too few numbers to tell roles apart."""
    return 1 in (sizes.vocab, *(sizes.widths or (sizes.hiddens,)))


def expect(alignment: Alignment, trace: Trace) -> tuple[Tensor, tuple[stack.State, ...]] | None:
    """What the reference gives for a trace; None where the roles do not fit."""
    if not alignment.readable:
        return None
    try:
        network = alignment.network(trace.theta, trace.sizes)
        state = alignment.state_of(trace.old, alignment.old, trace.sizes)
        return stack.forward(trace.inputs, state, network)
    except (IndexError, ValueError, RuntimeError):
        return None


def same_numbers(left: Answer, right: Answer) -> bool:
    """Whether two calls gave the same outputs and new state."""
    mine, other = left.outputs + left.state, right.outputs + right.state
    return len(mine) == len(other) and all(
        one.shape == two.shape
        and torch.allclose(one, two, rtol=REPEATED, atol=REPEATED, equal_nan=True)
        for one, two in zip(mine, other, strict=True)
    )


def weight_factor(sizes: Sizes) -> float:
    """Smaller weights where there are many units: else a network multiplies rounding errors."""
    width = max(sizes.widths, default=sizes.hiddens)
    return math.sqrt(_MANY_UNITS / max(width, _MANY_UNITS))


def not_chaotic(theta: tuple[Tensor, ...], sizes: Sizes) -> tuple[Tensor, ...]:
    """Scale drawn weights down where there are many units, see `weight_factor`."""
    return tuple(value * weight_factor(sizes) for value in theta)


def rounded(values: tuple[Tensor, ...], case: Case) -> tuple[Tensor, ...]:
    """Round to float32 in cases of float32: both sides start from the same numbers."""
    if case.dtype == "float64":
        return values
    return tuple(value.float().double() for value in values)
