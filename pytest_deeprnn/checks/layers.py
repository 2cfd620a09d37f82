"""every-layer-used, own-state, carries-state: how the layers hang together."""

from __future__ import annotations

import math

import torch

from pytest_deeprnn.checks.compare import first_difference
from pytest_deeprnn.checks.evidence.storage_overlap import overlapping
from pytest_deeprnn.checks.evidence.wiring import moved, shared
from pytest_deeprnn.checks.examples import example
from pytest_deeprnn.checks.outcome import Blocked, Failed, Outcome, Passed
from pytest_deeprnn.checks.parameters import layer_size
from pytest_deeprnn.core.finding import Finding
from pytest_deeprnn.core.phrasing import sentence, show
from pytest_deeprnn.measurement.alignment.align import Alignment
from pytest_deeprnn.measurement.calls.runner import StudentRaised
from pytest_deeprnn.measurement.trace import Trace
from pytest_deeprnn.measurement.traces import Traces


def every_layer_used(traces: Traces) -> Outcome:
    """Each layer influences the outputs."""
    for depth in traces.depths:
        alignment = traces.alignment(depth)
        finding = None if alignment.proven else _unused_layer(traces, alignment, depth)
        if finding is not None:
            return Failed(sentence(finding.detail), (finding,))
    return _measured(traces)


def _measured(traces: Traces) -> Outcome:
    """Points are for what was seen: layers that are not recognised show nothing."""
    known = all(traces.alignment(depth).readable for depth in traces.depths)
    return Passed() if known else Blocked(("output-values",))


def _unused_layer(traces: Traces, alignment: Alignment, depth: int) -> Finding | None:
    naming = alignment.naming
    layers = len(naming.layers)
    if naming.output_from is not None and naming.output_from < layers:
        return Finding(
            "output-wrong-layer",
            f"the output layer reads layer {naming.output_from}; "
            f"layer {layers} influences no output",
            naming.output_from,
        )
    asked = depth or traces.depth_range.low
    missing = asked - layers
    unused = len(alignment.grouping.unused)
    if missing > 0 and naming.output_from == layers and unused >= layer_size(alignment):
        return Finding(
            "unused-layer",
            f"{unused} parameters, as many as layer {layers + 1} has, influence nothing",
            layers + 1,
        )
    return _skipped(alignment)


def _skipped(alignment: Alignment) -> Finding | None:
    """The lowest layer that does not read the one below but something before it."""
    for number, layer in enumerate(alignment.naming.layers, start=1):
        if number > 1 and layer.reads in ("inputs", "lower"):
            lower = layer.reads == "lower"
            read = f"layer {layer.reads_layer}" if lower else "the network's input"
            detail = f"layer {number} reads {read} instead of layer {number - 1}"
            return Finding("wrong-layer-input", detail, number)
    return None


def own_state(traces: Traces) -> Outcome:
    """No two layers, and no two parts of a layer's state, share one state."""
    for depth in traces.depths:
        alignment = traces.alignment_or_none(depth)
        finding = None if alignment is None else shared(alignment)
        if finding is not None:
            return Failed(sentence(finding.detail), (finding,))
    finding = _aliased(traces)
    if finding is not None:
        text = sentence(finding.detail)
        return Failed(text, (finding,), observed=True)
    return _measured(traces)


def _aliased(traces: Traces) -> Finding | None:
    made = traces.student.state(traces.probe(traces.depths[-1]))
    first: dict[int, str] = {}
    for leaf in made.floats:
        other = first.setdefault(leaf.tensor, leaf.path)
        if other != leaf.path:
            return Finding(
                "state-aliased",
                f"init_state returns one tensor object as state{other} and state{leaf.path}: "
                "what is written into one is written into the other",
                function="init_state",
                leaf=f"state{leaf.path}",
            )
    found = overlapping(made.floats)
    if found is not None:
        one, other = (f"state{leaf.path}" for leaf in found)
        detail = (
            f"init_state returns {one} and {other} in one memory: what is written into one is "
            "written into the other"
        )
        return Finding("state-aliased", detail, function="init_state", leaf=other)
    return None


def carries_state(traces: Traces) -> Outcome:
    """Two half runs, the second from the state that the first returned, equal one run."""
    if traces.unrepeatable is not None:
        return Blocked(("pure",))
    long = sorted(
        (t for t in traces.all() if t.sizes.steps >= 2), key=lambda trace: trace.sizes.work
    )
    several = [trace for trace in long if trace.sizes.batch > 1]
    for trace in (*long[:3], *several[:2], *long[-2:]):
        outcome = _halves(traces, trace)
        if outcome is not None:
            return outcome
    return Passed()


def _halves(traces: Traces, trace: Trace) -> Failed | Blocked | None:
    student, sizes = traces.student, trace.sizes
    cut = sizes.steps // 2
    student.forward(sizes, trace.inputs[:cut], trace.theta, trace.old, keep="carried")
    try:
        second = student.forward(sizes, trace.inputs[cut:], trace.theta, "carried")
    except StudentRaised as error:
        detail = f"forward cannot take back the state that it returned: {error}"
        findings = _lost(trace) or (Finding("state-shape", detail),)
        return Failed(sentence(detail), findings, example(trace))
    got = torch.cat([value.reshape(-1, sizes.vocab) for value in second.outputs])
    whole = torch.cat([value.reshape(-1, sizes.vocab) for value in trace.answer.outputs])
    expected = whole[cut * sizes.batch :]
    if got.shape != expected.shape:
        detail = "the state that forward returns cannot be given back to it"
        return Failed(sentence(detail), (Finding("state-shape", detail),))
    difference = first_difference(got, expected, trace.tolerance)
    if difference is None:
        return None
    if not (math.isfinite(difference.expected) or math.isfinite(difference.got)):
        return Blocked(("output-values",))  # no number in either run: they do not part here
    row, unit = difference.index
    step = cut + row // sizes.batch + 1
    shown = example(trace, difference, step=step, row=row % sizes.batch + 1, unit=unit + 1)
    return Failed(
        f"A run in two halves, the second starting from the state that the first returned, parts "
        f"from one whole run at step {step}: expected {show(difference.expected)}, "
        f"got {show(difference.got)}.",
        _lost(trace),
        shown,
    )


def _lost(trace: Trace) -> tuple[Finding, ...]:
    """What of the state does not come back."""
    given = sum(value.numel() for value in trace.old)
    back = sum(value.numel() for value in trace.answer.state)
    if back == 0:
        return (Finding("state-not-returned", "forward returns no state"),)
    same = len(trace.old) == len(trace.answer.state) and all(
        old.shape == new.shape and torch.equal(old, new)
        for old, new in zip(trace.old, trace.answer.state, strict=True)
    )
    if same:
        return (Finding("state-not-returned", "forward returns the state that it was given"),)
    alignment = trace.alignment
    if alignment is not None and alignment.proven and moved(alignment):
        detail = "the parts of the state come back in another order than they were given"
        return (Finding("state-order", detail),)
    if back != given:
        detail = f"init_state makes {given} state numbers, forward returns {back}"
        return (Finding("state-incomplete", detail),)
    return ()
