"""initial-state: what init_state makes."""

from __future__ import annotations

import itertools
from dataclasses import replace

from pytest_deeprnn.checks.evidence.precision import in_16_bits
from pytest_deeprnn.checks.outcome import Failed, Outcome, Passed
from pytest_deeprnn.checks.without_tensors import without_tensors
from pytest_deeprnn.core.exercise import Cell
from pytest_deeprnn.core.facts import states
from pytest_deeprnn.core.facts.fact import Commas, Fact
from pytest_deeprnn.core.finding import Finding
from pytest_deeprnn.core.sizes import Sizes
from pytest_deeprnn.measurement.alignment.align import Alignment
from pytest_deeprnn.measurement.calls.replies import Numbers
from pytest_deeprnn.measurement.traces import Traces


def initial_state(traces: Traces) -> Outcome:
    """init_state gives zeros of shape (B, H) for every part of every layer's state."""
    depth = traces.depths[-1]
    sizes = traces.probe(depth)
    made = traces.student.state(sizes)
    if not made.floats:
        return _failed("state-incomplete", without_tensors("init_state", made))
    rounded = in_16_bits(traces, "state", made)
    if rounded:
        return Failed(rounded[0].fact, rounded, observed=True)
    for leaf, value in zip(made.floats, made.values, strict=True):
        if bool((value != 0).any()):
            return _failed("state-init", states.StateNotZero(leaf.path), leaf=f"state{leaf.path}")
    another = replace(sizes, batch=sizes.batch + 1)
    if traces.student.state(another).shapes == made.shapes and _has_other_axis(made, sizes):
        return _failed(
            "hardcoded-shape",
            states.StateIgnoresBatch(),
            leaf=f"state{made.floats[0].path}",
        )
    return _amount(traces, made, sizes, depth)


def _one_for_all(alignment: Alignment | None, layer: int) -> Finding | None:
    """Fewer states than layers, while every weight is used: layers start from one state."""
    if alignment is None or alignment.grouping.unused or alignment.proven:
        return None
    if len(alignment.naming.layers) >= layer and alignment.naming.output_from is not None:
        return None
    fact = states.RunsWithoutState(layer)
    return Finding("shared-state", fact, layer, function="forward")


def _has_other_axis(made: Numbers, sizes: Sizes) -> bool:
    """Whether some axis counts neither units nor layers: a batch size of its own."""
    known = {1, sizes.layers, *sizes.all_widths(sizes.layers)}
    return any(set(leaf.shape) - known for leaf in made.floats)


def _amount(traces: Traces, made: Numbers, sizes: Sizes, depth: int) -> Outcome:
    """How many numbers the state holds, which tells missing layers and a missing batch."""
    alignment = traces.alignment_or_none(depth)
    got = sum(value.numel() for value in made.values)
    layers = depth or _fitting(traces, alignment, got, sizes)
    owners = _owners(traces.exercise.cells(layers))
    needed = [sizes.batch * sizes.width(owner) for owner in owners]
    if got == sum(needed):
        whole = sum(sizes.width(owner) for owner in owners)
        return _shapes(made, sizes, layers, whole, runs=alignment is not None)
    shapes = Commas(str(leaf.shape) for leaf in made.floats)
    widths = states.either(sorted({sizes.width(owner) for owner in owners}))
    fact = states.StateAmount(shapes, got, len(owners), sizes.batch, widths)
    totals = list(itertools.accumulate(needed, initial=0))
    parts = totals.index(got) if got in totals else len(owners)
    with_batch = any(sizes.batch in leaf.shape for leaf in made.floats)
    if parts < len(owners) and with_batch:
        missing = _failed("state-incomplete", fact, owners[parts])
        one = _one_for_all(alignment, owners[parts])
        return missing if one is None else replace(missing, findings=(one, *missing.findings))
    return _failed("state-shape", fact, leaf=f"state{made.floats[-1].path}")


def _fitting(traces: Traces, alignment: Alignment | None, got: int, sizes: Sizes) -> int:
    """The layers of a network of fixed depth, read from its state where not all are recognised."""
    found = len(alignment.naming.layers) if alignment else 0
    least = max(found, traces.depth_range.low)
    if alignment is not None and alignment.proven:
        return least
    for layers in range(least, traces.exercise.network.max_layers + 1):
        owners = _owners(traces.exercise.cells(layers))
        if got == sum(sizes.batch * sizes.width(owner) for owner in owners):
            return layers
    return least


def _owners(cells: list[Cell]) -> list[int]:
    """The layer that each (B, H) tensor of a state belongs to: an LSTM layer has two."""
    return [layer for layer, cell in enumerate(cells, 1) for _ in range(2 if cell == "lstm" else 1)]


def _shapes(made: Numbers, sizes: Sizes, layers: int, whole: int, runs: bool) -> Outcome:
    """The right amount of numbers in a form that holds no (B, H); `whole` is all of H and C."""
    for leaf in made.floats:
        widths = sizes.all_widths(layers)
        if not _holds_units(leaf.shape, widths, whole):
            asked = states.either(sorted(set(widths)))
            fact = states.StateWithoutUnits(leaf.path, str(leaf.shape), asked)
            return _failed("state-shape", fact, leaf=f"state{leaf.path}")
        turned = {(width, sizes.batch) for width in widths}
        if leaf.shape in turned and not runs:
            return _failed("state-shape", states.StateTurned(leaf.path))
    return Passed()


def _holds_units(shape: tuple[int, ...], widths: tuple[int, ...], whole: int) -> bool:
    """Whether an axis counts the units of one layer, of H and C of one, or of several."""
    several = {sum(widths), whole, *(2 * width for width in widths)}
    return bool({*widths, *several} & set(shape))


def _failed(code: str, fact: Fact, layer: int | None = None, leaf: str = "") -> Failed:
    finding = Finding(code, fact, layer, function="init_state", leaf=leaf)
    return Failed(fact, (finding,))
