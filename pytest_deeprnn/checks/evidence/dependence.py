"""Which outputs an input reaches, whatever the order of their rows."""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import Tensor

from pytest_deeprnn.core.facts import networks
from pytest_deeprnn.core.finding import Finding
from pytest_deeprnn.core.tolerances import MOVED
from pytest_deeprnn.measurement.trace import Trace
from pytest_deeprnn.measurement.traces import Traces


def reaches_other_sequences(traces: Traces) -> Finding | None:
    """Whether one sequence of the batch influences another: one can move T rows at most."""
    trace = _largest(traces)
    if trace is None:
        return None
    for sequence in range(trace.sizes.batch):
        moved = _moved(traces, trace, slice(None), sequence)
        if moved is not None and int(moved.sum()) > trace.sizes.steps:
            return Finding("batch-mixing", networks.SequencesMix())
    return None


def reaches_earlier_steps(traces: Traces) -> Finding | None:
    """Whether an input influences earlier outputs: the last n steps can move n·B rows at most."""
    trace = _largest(traces)
    if trace is None:
        return None
    steps, batch = trace.sizes.steps, trace.sizes.batch
    for last in range(1, steps):
        moved = _moved(traces, trace, slice(steps - last, None), slice(None))
        if moved is not None and int(moved.sum()) > last * batch:
            fact = networks.LaterInput() if last == 1 else networks.LaterInputs(last)
            return Finding("not-causal", fact)
    return None


def _largest(traces: Traces) -> Trace | None:
    """The longest case in which steps, sequences and tokens can be told apart."""
    wide = [
        trace
        for trace in traces.all()
        if min(trace.sizes.steps, trace.sizes.batch, trace.sizes.vocab) > 1
        and trace.case.dtype == "float64"
    ]
    return max(wide, key=lambda trace: (trace.sizes.steps, trace.sizes.batch), default=None)


def _moved(traces: Traces, trace: Trace, steps: slice, sequences: slice | int) -> Tensor | None:
    """Which rows of the outputs change with these inputs; None where there are not T·B rows."""
    inputs = trace.inputs.clone()
    inputs[steps, sequences] = inputs[steps, sequences].roll(1, dims=-1)
    answer = traces.student.forward(trace.sizes, inputs, trace.theta, trace.old)
    before, after = trace.rows(), replace(trace, answer=answer).rows()
    if before.shape != after.shape or before.shape[0] != trace.sizes.steps * trace.sizes.batch:
        return None
    gap = (before - after).abs().amax(1)
    return torch.nan_to_num(gap, nan=1.0) > MOVED
