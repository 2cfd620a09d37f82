"""gradients: what backpropagation through time gives equals the reference's gradients."""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import Tensor

from pytest_deeprnn.checks.compare import Difference, first_difference
from pytest_deeprnn.checks.evidence.setting_lines import gradients_off
from pytest_deeprnn.checks.examples import example
from pytest_deeprnn.checks.outcome import Failed, Outcome, Passed
from pytest_deeprnn.core.facts import calls
from pytest_deeprnn.core.facts.fact import Fact, TensorPath
from pytest_deeprnn.core.finding import Finding, Place
from pytest_deeprnn.core.tolerances import GRADIENTS
from pytest_deeprnn.measurement.trace import Trace, expect
from pytest_deeprnn.measurement.traces import Traces

COUNT = 24  # cases whose gradients are compared; the values of all have been compared before


def gradients(traces: Traces) -> Outcome:
    """Gradients of the outputs with respect to every parameter equal the reference's."""
    chosen = sorted(
        (t for t in traces.all() if t.case.dtype == "float64" and not t.out_of_reach),
        key=lambda trace: (trace.sizes.steps < 2, trace.case.seed),
    )[:COUNT]
    for trace in sorted(chosen, key=lambda trace: trace.sizes.work):
        outcome = _compare(traces, trace)
        if outcome is not None:
            return outcome
    return Passed()


def _compare(traces: Traces, trace: Trace) -> Failed | None:
    generator = torch.Generator().manual_seed(trace.case.seed + 1)
    count = trace.sizes.steps * trace.sizes.batch * trace.sizes.vocab
    cotangent = torch.randn(count, generator=generator, dtype=torch.float64)
    answer = traces.student.forward(
        trace.sizes, trace.inputs, trace.theta, trace.old, cotangent=cotangent
    )
    error = answer.ran.gradient_error
    if error is not None:
        last = error.frames[-1] if error.frames else None
        place = Place() if last is None else Place(last.filename, last.line)
        fact = calls.BackwardRaises(f"{error.type}: {error.message}")
        return Failed(fact, (Finding("crash", fact, place=place),), example(trace))
    expected = expected_gradients(trace, cotangent)
    shapes = [None if grad is None else grad.shape for grad in answer.gradients or ()]
    fits = [shape in (None, right.shape) for shape, right in zip(shapes, expected, strict=False)]
    if len(shapes) != len(expected) or not all(fits):
        odd = calls.GradientsDoNotFit()
        return Failed(odd, (Finding("crash", odd),), example(trace))
    for leaf, (mine, right) in enumerate(zip(answer.gradients or (), expected, strict=True)):
        got = torch.zeros_like(right) if mine is None else mine
        difference = first_difference(got, right, max(trace.tolerance, GRADIENTS))
        if difference is not None:
            path = TensorPath(f"params{trace.params.floats[leaf].path}")
            off = gradients_off(traces.prepared) if mine is None else Place()
            told = _told(path, None if mine is None else difference, off)
            found = Finding("state-detached", told, place=off)
            return Failed(told, (found,), example(trace, difference))
    return None


def _told(path: TensorPath, difference: Difference | None, off: Place) -> Fact:
    """How a parameter's gradient is wrong; without a difference there is none."""
    if difference is not None:
        index = str(list(difference.index))
        return calls.GradientDiffers(path, difference.got, difference.expected, index)
    return calls.NoGradient(path) if off.line is None else calls.GradientsOff(path)


def expected_gradients(trace: Trace, cotangent: Tensor) -> list[Tensor]:
    """The reference's gradients with respect to the student's own tensors."""
    assert trace.alignment is not None
    leaves = tuple(value.clone().requires_grad_() for value in trace.theta)
    told = expect(trace.alignment, replace(trace, theta=leaves))
    assert told is not None
    found = torch.autograd.grad(told[0].reshape(-1), leaves, cotangent, allow_unused=True)
    return [
        torch.zeros_like(leaf) if grad is None else grad
        for leaf, grad in zip(leaves, found, strict=True)
    ]
