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
from pytest_deeprnn.core.facts import networks, parameters, states
from pytest_deeprnn.core.facts.fact import Fact, TensorPath
from pytest_deeprnn.core.finding import Finding
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
            return Failed(finding.fact, (finding,))
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
            networks.OutputPassesOver(naming.output_from, layers),
            naming.output_from,
        )
    asked = depth or traces.depth_range.low
    missing = asked - layers
    unused = len(alignment.grouping.unused)
    if missing > 0 and naming.output_from == layers and unused >= layer_size(alignment):
        return Finding(
            "unused-layer",
            parameters.ExtraNumbers(unused, layers + 1),
            layers + 1,
        )
    return _skipped(alignment)


def _skipped(alignment: Alignment) -> Finding | None:
    """The lowest layer that does not read the one below but something before it."""
    for number, layer in enumerate(alignment.naming.layers, start=1):
        if number > 1 and layer.reads in ("inputs", "lower"):
            fact: Fact = networks.ReadsInputInstead(number, number - 1)
            if layer.reads == "lower":
                fact = networks.ReadsLayerInstead(number, layer.reads_layer, number - 1)
            return Finding("wrong-layer-input", fact, number)
    return None


def own_state(traces: Traces) -> Outcome:
    """No two layers, and no two parts of a layer's state, share one state."""
    for depth in traces.depths:
        alignment = traces.alignment_or_none(depth)
        finding = None if alignment is None else shared(alignment)
        if finding is not None:
            return Failed(finding.fact, (finding,))
    finding = _aliased(traces)
    if finding is not None:
        return Failed(finding.fact, (finding,), observed=True)
    return _measured(traces)


def _aliased(traces: Traces) -> Finding | None:
    made = traces.student.state(traces.probe(traces.depths[-1]))
    first: dict[int, str] = {}
    for leaf in made.floats:
        other = first.setdefault(leaf.tensor, leaf.path)
        if other != leaf.path:
            one, path = TensorPath(f"state{other}"), TensorPath(f"state{leaf.path}")
            fact = states.StateObjectTwice(one, path)
            return Finding("state-aliased", fact, function="init_state", leaf=path)
    found = overlapping(made.floats)
    if found is not None:
        one, path = (TensorPath(f"state{leaf.path}") for leaf in found)
        overlap = states.StateMemoryTwice(one, path)
        return Finding("state-aliased", overlap, function="init_state", leaf=path)
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
        fact = states.StateRefused(str(error))
        findings = _lost(trace) or (Finding("state-shape", fact),)
        return Failed(fact, findings, example(trace))
    got = torch.cat([value.reshape(-1, sizes.vocab) for value in second.outputs])
    whole = torch.cat([value.reshape(-1, sizes.vocab) for value in trace.answer.outputs])
    expected = whole[cut * sizes.batch :]
    if got.shape != expected.shape:
        refused = states.StateNotTakenBack()
        return Failed(refused, (Finding("state-shape", refused),))
    difference = first_difference(got, expected, trace.tolerance)
    if difference is None:
        return None
    if not (math.isfinite(difference.expected) or math.isfinite(difference.got)):
        return Blocked(("output-values",))  # no number in either run: they do not part here
    row, unit = difference.index
    step = cut + row // sizes.batch + 1
    shown = example(trace, difference, step=step, row=row % sizes.batch + 1, unit=unit + 1)
    return Failed(
        states.HalvesPart(step, difference.expected, difference.got),
        _lost(trace),
        shown,
    )


def _lost(trace: Trace) -> tuple[Finding, ...]:
    """What of the state does not come back."""
    given = sum(value.numel() for value in trace.old)
    back = sum(value.numel() for value in trace.answer.state)
    if back == 0:
        return (Finding("state-not-returned", states.NoState()),)
    same = len(trace.old) == len(trace.answer.state) and all(
        old.shape == new.shape and torch.equal(old, new)
        for old, new in zip(trace.old, trace.answer.state, strict=True)
    )
    if same:
        return (Finding("state-not-returned", states.GivenState()),)
    alignment = trace.alignment
    if alignment is not None and alignment.proven and moved(alignment):
        return (Finding("state-order", states.StateMoved()),)
    if back != given:
        return (Finding("state-incomplete", states.FewerNumbers(given, back)),)
    return ()
