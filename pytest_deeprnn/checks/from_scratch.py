"""from-scratch: the recurrence is written out, not handed to torch's layers or the book's."""

from __future__ import annotations

from pytest_deeprnn.checks.outcome import Failed, Outcome, Passed
from pytest_deeprnn.core.facts import calls
from pytest_deeprnn.core.facts.fact import Fact
from pytest_deeprnn.core.finding import Finding, Place
from pytest_deeprnn.measurement.calls.runner import StudentRaised
from pytest_deeprnn.measurement.trace import Trace
from pytest_deeprnn.measurement.traces import Traces
from pytest_deeprnn.sandbox.escape_scan.scan import Reach
from pytest_deeprnn.sandbox.protocol.messages import Delegation
from pytest_deeprnn.submission.prepare import Prepared


def from_scratch(traces: Traces) -> Outcome:
    """No step of forward is computed by torch.nn.RNN, GRU, LSTM, or by the book's networks."""
    for filename, reach in traces.prepared.reached:
        return Failed(*_reaching(traces.prepared, filename, reach))
    delegated = _delegated(traces)
    if delegated is None:
        return Passed()
    finding = delegation_finding(delegated, traces.prepared)
    return Failed(finding.fact, (finding,), observed=True)


def _delegated(traces: Traces) -> Delegation | None:
    """The first use of somebody else's recurrence in any call."""
    student = traces.student
    try:
        for trace in traces.every():
            delegations = () if student.is_refused else _delegations(traces, trace)
            if delegations:
                return delegations[0]
    except StudentRaised:
        if student.delegated is None:
            raise
    return student.delegated


def _reaching(prepared: Prepared, filename: str, reach: Reach) -> tuple[Fact, tuple[Finding, ...]]:
    """What of the text could change what is seen of it in its process."""
    line, place = prepared.line_said(filename, reach.line), Place(filename, reach.line)
    finding = Finding("reaches-outside", calls.Reaches(line, reach.name), place=place)
    return calls.ReachesPast(line, reach.name), (finding,)


def _delegations(traces: Traces, trace: Trace) -> tuple[Delegation, ...]:
    try:
        return traces.student.watch(trace).delegations
    except StudentRaised:
        return ()  # it ran before: a call that does not repeat is told by another check


def delegation_finding(delegation: Delegation, prepared: Prepared) -> Finding:
    """The finding for a recurrence that is taken from torch, or from the book's package."""
    frame = delegation.frame
    line = "" if frame is None else prepared.line_said(frame.filename, frame.line)
    if delegation.owner == "d2l":
        if frame is None:
            return Finding("forbidden-api", calls.BooksNetwork(delegation.operator))
        place = Place(frame.filename, frame.line)
        fact = calls.BooksNetworkThere(line, delegation.operator)
        return Finding("forbidden-api", fact, place=place)
    if frame is None:
        taken = calls.TorchsRecurrence(delegation.operator)
        return Finding("forbidden-api", taken, function="forward")
    there = calls.TorchsRecurrenceThere(delegation.operator, line, frame.function)
    called = Place(frame.filename, frame.line)
    return Finding("forbidden-api", there, called=called, function="forward")
