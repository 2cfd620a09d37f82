"""What the report shows of a case: how it was drawn, a row of numbers, and where they stand."""

from __future__ import annotations

import itertools
import math
import re

import torch
from msgspec.structs import replace
from torch import Tensor

from pytest_deeprnn.checks.compare import Difference
from pytest_deeprnn.core.facts.fact import Commas
from pytest_deeprnn.core.report import Drawn, Example
from pytest_deeprnn.core.sizes import Sizes
from pytest_deeprnn.measurement.alignment.sensitivities import SIGMA
from pytest_deeprnn.measurement.calls.replies import Numbers
from pytest_deeprnn.measurement.cases.drawn import Case
from pytest_deeprnn.measurement.trace import Trace, weight_factor
from pytest_deeprnn.sandbox.protocol.messages import Leaf

MOST_UNITS = 12  # what a page shows side by side
_COMMON = ("list", "tuple", "dict", "Tensor", "Parameter")
_INDICES = re.compile(r"(\[[^\[\].]+\])*")  # of nested ones: objects have attributes


def drawn(case: Case, sizes: Sizes, *made: Numbers) -> Drawn | None:
    """How the values of a case come about; None where that cannot be told in a few lines.

    So it is with another device, and with containers in `made` that are no lists, tuples or dicts.
    """
    if case.device != "cpu" or not all(map(_is_common, made)):
        return None
    return Drawn(
        params_scale=SIGMA * weight_factor(sizes),
        state_scale=None if case.state == "made" else SIGMA,
        dtype=case.dtype,
        tracked=case.tracked,
    )


def _is_common(made: Numbers) -> bool:
    return made.container in _COMMON and all(_INDICES.fullmatch(leaf.path) for leaf in made.leaves)


def with_units(shown: Example, expected: Tensor, got: Tensor, place: str) -> Example:
    """Add a row of numbers (units) around the unit of an example, and where that one stands."""
    assert shown.unit is not None
    first = max(0, min(shown.unit - 1 - MOST_UNITS // 2, len(expected) - MOST_UNITS))
    window = slice(first, first + MOST_UNITS)
    return replace(
        shown,
        place=place,
        first_unit=first + 1,
        expected_units=tuple(finite(value) for value in expected[window].tolist()),
        got_units=tuple(finite(value) for value in got[window].tolist()),
    )


def finite(value: float) -> float | None:
    """JSON has no infinity."""
    return value if math.isfinite(value) else None


def output_place(trace: Trace, row: int, unit: int) -> str:
    """Where output `unit` of `row` of (T·B, V) stands in the outputs; "" where not in a pair."""
    return _place(trace, "outputs", trace.answer.ran.outputs, row * trace.sizes.vocab + unit)


def state_place(trace: Trace, layer: int, part: int, row: int, unit: int) -> str:
    """Where a unit of a layer's H (part 0) or C (part 1) stands in the new state."""
    assert trace.alignment is not None
    numbered = _numbered(trace.answer.state)
    found = trace.alignment.state_of(numbered, trace.alignment.new, trace.sizes)
    flat = int(found[layer - 1][part][row, unit])
    return _place(trace, "new_state", trace.answer.ran.state, flat)


def _numbered(values: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
    """Tensors of these shapes that hold 0, 1, 2, … through all of them."""
    starts = itertools.accumulate((value.numel() for value in values), initial=0)
    return tuple(
        torch.arange(start, start + value.numel()).reshape(value.shape)
        for start, value in zip(starts, values, strict=False)
    )


def _place(trace: Trace, name: str, leaves: tuple[Leaf, ...], flat: int) -> str:
    """Write the place of a number that is counted through all number tensors."""
    if trace.answer.ran.values != 2:  # a state in several values has no name of its own
        return ""
    for leaf in leaves:
        if leaf.data is None:
            continue
        count = math.prod(leaf.shape)
        if flat < count:
            index = torch.unravel_index(torch.tensor(flat), leaf.shape)
            return f"{name}{leaf.path}{_subscript(index)}"
        flat -= count
    return ""


def _subscript(index: tuple[Tensor, ...]) -> str:
    return f"[{', '.join(str(int(part)) for part in index)}]" if index else ""


def with_sizes(trace: Trace) -> tuple[Commas, float]:
    """Return the sizes of a case, and how far its numbers may differ."""
    sizes = Commas(f"{name} = {size}" for name, size in trace.sizes.as_dict().items())
    return sizes, trace.tolerance


def example(
    trace: Trace,
    difference: Difference | None = None,
    *,
    step: int | None = None,
    layer: int | None = None,
    row: int | None = None,
    unit: int | None = None,
) -> Example:
    """A case as the report shows it."""
    return Example(
        sizes=trace.sizes.as_dict(),
        seed=trace.case.seed,
        step=step,
        layer=layer,
        row=row,
        unit=unit,
        expected=None if difference is None else finite(difference.expected),
        got=None if difference is None else finite(difference.got),
        tolerance=trace.tolerance,
        drawn=drawn(trace.case, trace.sizes, trace.params, trace.state),
    )
