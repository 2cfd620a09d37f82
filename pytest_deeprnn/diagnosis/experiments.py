"""Experiments on whole runs: what order, time and batch show where the numbers differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import torch
from torch import Tensor

from pytest_deeprnn.diagnosis.influences import reaches_earlier_steps, reaches_other_sequences
from pytest_deeprnn.finding import Finding
from pytest_deeprnn.student import StudentRaised
from pytest_deeprnn.traces import Trace, Traces, expect

_AGREE = 1e-6
Reading = Callable[[Tensor, Trace], Tensor]


def experiment(traces: Traces) -> tuple[Finding, ...]:
    """Try what the numbers themselves can show, most telling first."""
    found = [
        *_order(traces),
        *_restarts(traces),
        *_activation(traces),
        *_recurrence(traces),
        *_influences(traces),
        *_not_returned(traces),
    ]
    return tuple(found)


def _same(left: Tensor, right: Tensor) -> bool:
    return left.shape == right.shape and torch.allclose(left, right, rtol=_AGREE, atol=_AGREE)


def _reversed(rows: Tensor, trace: Trace) -> Tensor:
    return rows.view(trace.sizes.steps, trace.sizes.batch, -1).flip(0).flatten(0, 1)


def _by_sequence(rows: Tensor, trace: Trace) -> Tensor:
    return rows.view(trace.sizes.steps, trace.sizes.batch, -1).transpose(0, 1).flatten(0, 1)


_ORDERS: tuple[tuple[str, Reading], ...] = (
    ("come last step first", _reversed),
    ("come sequence by sequence instead of step by step", _by_sequence),
)


def _order(traces: Traces) -> Iterator[Finding]:
    """Rows in another order, or a run over the inputs reversed in time: proven on all cases."""
    known = [trace for trace in traces.all() if trace.expected is not None]
    known = [trace for trace in known if trace.case.dtype == "float64"]
    if len(known) < 2:
        return
    for text, reading in _ORDERS:
        if all(_same(t.rows(), reading(t.expected[0], t)) for t in known if t.expected):
            yield Finding("output-order", f"the rows of the outputs {text}", exact=True)
    backwards = [(trace, _backwards(trace)) for trace in known]
    for reading in (_reversed, lambda rows, trace: rows):
        if all(b is not None and _same(t.rows(), reading(b, t)) for t, b in backwards):
            text = "every layer runs through the inputs from the last step to the first"
            yield Finding("not-causal", text, exact=True)


def _restarts(traces: Traces) -> Iterator[Finding]:
    """Every step from the state that the call began with: proven on all cases."""
    known = [t for t in traces.all() if t.expected is not None and t.case.dtype == "float64"]
    long = [trace for trace in known if trace.sizes.steps > 1]
    if len(long) > 1 and all(_same(_step_by_step(trace), trace.rows()) for trace in known):
        text = "every step starts from the state that forward was given, not from the last step's"
        yield Finding("no-recurrence", text, exact=True)


def _step_by_step(trace: Trace) -> Tensor:
    """What the reference gives where each step is a run of its own."""
    assert trace.alignment is not None
    told = [expect(trace.alignment, replace(trace, inputs=X.unsqueeze(0))) for X in trace.inputs]
    return torch.cat([one[0] for one in told if one is not None])


def _backwards(trace: Trace) -> Tensor | None:
    assert trace.alignment is not None
    told = expect(trace.alignment, replace(trace, inputs=trace.inputs.flip(0)))
    return None if told is None else told[0]


def _activation(traces: Traces) -> Iterator[Finding]:
    """Outputs that are probabilities are no logits."""
    wide = [trace for trace in traces.all() if trace.sizes.vocab > 1 and trace.answer.outputs]
    if not wide or any(trace.rows().shape[1] < 2 for trace in wide):
        return
    if all(_sums_to_one(trace.rows()) for trace in wide):
        yield Finding("output-activation", "each row of outputs sums to 1, as after a softmax")
    elif all(_sums_to_one(trace.rows().exp()) for trace in wide):
        text = "the exponentials of each row of outputs sum to 1, as after a log-softmax"
        yield Finding("output-activation", text)


def _sums_to_one(rows: Tensor) -> bool:
    ones = torch.ones(rows.shape[0], dtype=rows.dtype)
    return bool((rows >= 0).all()) and _same(rows.sum(1), ones)


def _recurrence(traces: Traces) -> Iterator[Finding]:
    """A layer that multiplies the old state of another layer with its recurrent weights."""
    for alignment in traces.known_alignments():
        prints = alignment.footprints
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
                        f"layer {number} takes the old state of layer {owner} as its own",
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
        yield Finding("state-not-returned", "forward returns no state")
    elif len(old) == len(new) and all(a.shape == b.shape for a, b in zip(old, new, strict=True)):
        kept = [_same(a, b) for a, b in zip(old, new, strict=True)]
        if all(kept):
            yield Finding("state-not-returned", "forward returns the state that it was given")
    elif sum(t.numel() for t in new) < sum(t.numel() for t in old):
        yield Finding("state-incomplete", f"forward returns {len(new)} of {len(old)} state tensors")
