"""from-scratch: the recurrence is written out, not handed to torch's layers or the book's."""

from __future__ import annotations

from pytest_deeprnn.checks.outcome import Failed, Outcome, Passed
from pytest_deeprnn.core.finding import Finding, Place
from pytest_deeprnn.core.phrasing import sentence
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
    return Failed(sentence(finding.detail), (finding,), observed=True)


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


def _reaching(prepared: Prepared, filename: str, reach: Reach) -> tuple[str, tuple[Finding, ...]]:
    """What of the text could change what is seen of it in its process."""
    detail = f"{prepared.line_said(filename, reach.line)} names {reach.name}"
    finding = Finding("reaches-outside", detail, place=Place(filename, reach.line))
    return sentence(f"{detail}, which reaches past a calculation"), (finding,)


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
        what = f"d2l.{delegation.operator}, the book's own network"
        if frame is None:
            return Finding("forbidden-api", f"the submission takes {what}")
        place = Place(frame.filename, frame.line)
        return Finding("forbidden-api", f"{line} takes {what}", place=place)
    where = "" if frame is None else f" ({line}, in {frame.function})"
    detail = f"forward hands its recurrence to torch's own {delegation.operator}{where}"
    called = Place() if frame is None else Place(frame.filename, frame.line)
    return Finding("forbidden-api", detail, called=called, function="forward")
