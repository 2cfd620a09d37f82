"""Experiments on whole runs: what order, time and batch show where the numbers differ."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor

from pytest_deeprnn.checks.evidence.dependence import reaches_earlier_steps, reaches_other_sequences
from pytest_deeprnn.checks.evidence.initial_state_use import starts_afresh
from pytest_deeprnn.core.facts import networks, states
from pytest_deeprnn.core.finding import Finding
from pytest_deeprnn.core.tolerances import EXPLAINED
from pytest_deeprnn.measurement.calls.runner import StudentRaised
from pytest_deeprnn.measurement.traces import Traces


def experiment(traces: Traces) -> tuple[Finding, ...]:
    """Try what the numbers themselves can show, most telling first."""
    found = [
        *_own_start(traces),
        *_activation(traces),
        *_recurrence(traces),
        *_influences(traces),
        *_not_returned(traces),
    ]
    return tuple(found)


def _own_start(traces: Traces) -> Iterator[Finding]:
    finding = starts_afresh(traces)
    if finding is not None:
        yield finding


def _same(left: Tensor, right: Tensor) -> bool:
    return left.shape == right.shape and torch.allclose(left, right, rtol=EXPLAINED, atol=EXPLAINED)


def _activation(traces: Traces) -> Iterator[Finding]:
    """Outputs that are probabilities are no logits."""
    wide = [trace for trace in traces.all() if trace.sizes.vocab > 1 and trace.answer.outputs]
    if not wide or any(trace.rows().shape[1] < 2 for trace in wide):
        return
    if all(_sums_to_one(trace.rows()) for trace in wide):
        yield Finding("output-activation", networks.RowsSumToOne())
    elif all(_sums_to_one(trace.rows().exp()) for trace in wide):
        yield Finding("output-activation", networks.ExponentialsSumToOne())


def _sums_to_one(rows: Tensor) -> bool:
    ones = torch.ones(rows.shape[0], dtype=rows.dtype)
    return bool((rows >= 0).all()) and _same(rows.sum(1), ones)


def _recurrence(traces: Traces) -> Iterator[Finding]:
    """A layer that multiplies the old state of another layer with its recurrent weights."""
    for alignment in traces.known_alignments():
        prints = alignment.sensitivities
        if prints.old.shape != prints.new.shape:
            continue
        for number, layer in enumerate(alignment.naming.layers, start=1):
            if layer.recurrent and layer.found.hidden and layer.recurrent != layer.found.hidden:
                owner = next(
                    (
                        other
                        for other, one in enumerate(alignment.naming.layers, start=1)
                        if one.found.hidden == layer.recurrent
                    ),
                    None,
                )
                if owner is not None:
                    yield Finding(
                        "wrong-recurrence",
                        networks.TakesOthersState(number, owner),
                        number,
                    )
                    return


def _influences(traces: Traces) -> Iterator[Finding]:
    """Change one sequence, or the last inputs, and see what else changes."""
    if traces.unrepeatable is not None:
        return
    for look in (reaches_other_sequences, reaches_earlier_steps):
        try:
            finding = look(traces)
        except StudentRaised:
            return
        if finding is not None:
            yield finding


def _not_returned(traces: Traces) -> Iterator[Finding]:
    """A state that comes back as it was given, or not at all."""
    trace = max(traces.all(), key=lambda t: t.sizes.steps)
    old, new = trace.old, trace.answer.state
    if not new:
        yield Finding("state-not-returned", states.NoState())
    elif len(old) == len(new) and all(a.shape == b.shape for a, b in zip(old, new, strict=True)):
        kept = [_same(a, b) for a, b in zip(old, new, strict=True)]
        if all(kept):
            yield Finding("state-not-returned", states.GivenState())
    elif sum(t.numel() for t in new) < sum(t.numel() for t in old):
        yield Finding("state-incomplete", states.FewerTensors(len(new), len(old)))
