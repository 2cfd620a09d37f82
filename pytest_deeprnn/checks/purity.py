"""pure: forward answers from its arguments alone and leaves everything else as it was."""

from __future__ import annotations

from pytest_deeprnn.checks.evidence.hidden_state import drawing, kept_place
from pytest_deeprnn.checks.evidence.setting_lines import gradients_off
from pytest_deeprnn.checks.examples import example
from pytest_deeprnn.checks.outcome import Failed, Outcome, Passed
from pytest_deeprnn.core.finding import Finding, Place
from pytest_deeprnn.core.phrasing import sentence
from pytest_deeprnn.measurement.calls.runner import StudentRaised
from pytest_deeprnn.measurement.trace import Trace, same_numbers
from pytest_deeprnn.measurement.traces import Traces
from pytest_deeprnn.sandbox.protocol.messages import Observed


def pure(traces: Traces) -> Outcome:
    """The same call gives the same answer whenever it is made, and changes nothing else."""
    trace = traces.unrepeatable
    if trace is None:
        return _unchanged(traces)
    drawn = [name for name in traces.student.observe(trace).settings if "generator" in name]
    detail = (
        f"forward draws random numbers from {drawn[0]}: two equal calls give different outputs"
        if drawn
        else "the same call of forward, made again, gives different numbers"
    )
    place = drawing(traces) if drawn else Place()
    finding = Finding("state-global", detail, place=place, function="forward")
    return Failed(sentence(detail), (finding,), example(trace))


def _remembers(traces: Traces, trace: Trace, seen: Observed) -> Failed:
    """A second call with one and the same params object is another; each case has its own."""
    detail = f"forward {seen.again} when called again with the same params object"
    if seen.kept:
        detail += f": it keeps tensors in {' and '.join(seen.kept[:3])}"
    place = kept_place(traces.prepared, seen.kept)
    finding = Finding("state-global", detail, place=place, function="forward")
    return Failed(sentence(detail), (finding,), example(trace), observed=True)


def _repeats(traces: Traces, trace: Trace) -> bool:
    """Whether what a call was given serves once more: by numbers, which cannot be forged."""
    try:
        first, second = traces.student.twice(trace)
    except StudentRaised:
        return False
    return same_numbers(first, second)


def _unchanged(traces: Traces) -> Outcome:
    replaced: set[str] = set()
    for trace in traces.varied():
        seen = traces.student.observe(trace)
        if seen.changed:
            detail = f"forward changes its caller's {' and '.join(seen.changed[:3])} in place"
            place = Place() if seen.where is None else Place(seen.where.filename, seen.where.line)
            finding = Finding("state-mutated", detail, place=place, function="forward")
            return Failed(sentence(detail), (finding,), example(trace), observed=True)
        if seen.again:
            return _remembers(traces, trace, seen)
        if seen.settings:
            detail = f"forward changes {' and '.join(seen.settings)}, which other code shares"
            off = "torch's gradient mode" in seen.settings
            place = gradients_off(traces.prepared) if off else Place()
            finding = Finding("state-global", detail, place=place, function="forward")
            return Failed(sentence(detail), (finding,), example(trace), observed=True)
        replaced |= set(seen.replaced)
        if not _repeats(traces, trace):
            detail = "forward gives other numbers for the tensors that it was called with before"
            finding = Finding("state-mutated", detail, function="forward")
            return Failed(sentence(detail), (finding,), example(trace))
    if replaced:
        what = " and ".join(sorted(replaced))
        return Passed(f"forward puts new tensors into the {what} that it is given.")
    return Passed()
