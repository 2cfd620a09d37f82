"""pure: forward answers from its arguments alone and leaves everything else as it was."""

from __future__ import annotations

from pytest_deeprnn.checks.evidence.hidden_state import drawing, kept_place
from pytest_deeprnn.checks.evidence.setting_lines import gradients_off
from pytest_deeprnn.checks.examples import example
from pytest_deeprnn.checks.outcome import Failed, Outcome, Passed
from pytest_deeprnn.core.facts import calls
from pytest_deeprnn.core.facts.fact import Fact
from pytest_deeprnn.core.finding import Finding, Place
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
    fact = calls.DrawsAtRandom(drawn[0]) if drawn else calls.DoesNotRepeat()
    place = drawing(traces) if drawn else Place()
    finding = Finding("state-global", fact, place=place, function="forward")
    return Failed(fact, (finding,), example(trace))


def _remembers(traces: Traces, trace: Trace, seen: Observed) -> Failed:
    """A second call with one and the same params object is another; each case has its own."""
    fact: Fact = calls.Remembers(seen.again)
    if seen.kept:
        fact = calls.RemembersIn(seen.again, seen.kept[:3])
    place = kept_place(traces.prepared, seen.kept)
    finding = Finding("state-global", fact, place=place, function="forward")
    return Failed(fact, (finding,), example(trace), observed=True)


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
            changed = calls.ChangesArguments(seen.changed[:3])
            place = Place() if seen.where is None else Place(seen.where.filename, seen.where.line)
            finding = Finding("state-mutated", changed, place=place, function="forward")
            return Failed(changed, (finding,), example(trace), observed=True)
        if seen.again:
            return _remembers(traces, trace, seen)
        if seen.settings:
            random = any("random generator" in name for name in seen.settings)
            kind = calls.ChangesGenerator if random else calls.ChangesSettings
            fact = kind(seen.settings)
            off = "torch's gradient mode" in seen.settings
            place = gradients_off(traces.prepared) if off else Place()
            finding = Finding("state-global", fact, place=place, function="forward")
            return Failed(fact, (finding,), example(trace), observed=True)
        replaced |= set(seen.replaced)
        if not _repeats(traces, trace):
            old = calls.OldTensorsDiffer()
            finding = Finding("state-mutated", old, function="forward")
            return Failed(old, (finding,), example(trace))
    if replaced:
        what = " and ".join(sorted(replaced))
        return Passed(f"forward puts new tensors into the {what} that it is given.")
    return Passed()
