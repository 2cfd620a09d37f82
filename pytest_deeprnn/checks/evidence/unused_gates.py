"""Gates that are computed and never read, while another one stands in their place."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_deeprnn.checks.evidence.operation_layer import layer_of
from pytest_deeprnn.checks.evidence.parameter_uses import ACTIVATIONS, Uses
from pytest_deeprnn.core.facts.networks import GateNeverUsed
from pytest_deeprnn.core.finding import Finding, Place
from pytest_deeprnn.measurement.recording.recording import recording_of
from pytest_deeprnn.measurement.recording.student_names import alike, assigned
from pytest_deeprnn.measurement.traces import Traces
from pytest_deeprnn.submission.prepare import Prepared


def unread_gates(traces: Traces) -> tuple[Finding, ...]:
    """What no operation reads, with the like value that is read in its place as well."""
    recording = recording_of(traces, None)
    if recording is None:
        return ()
    uses = Uses(recording)
    return tuple(
        finding
        for number in _gates(uses)
        if not _readers(uses, number) and recording.steps[number] not in recording.made("new")
        if (finding := _finding(traces, uses, number)) is not None
    )


def _gates(uses: Uses) -> Iterator[int]:
    for number, step in enumerate(uses.recording.steps):
        if step.operation in ACTIVATIONS and step.result:
            yield number


def _readers(uses: Uses, number: int) -> list[int]:
    return [
        other
        for other, step in enumerate(uses.recording.steps)
        if other > number and any(read.step == number for read in step.reads)
    ]


def _finding(traces: Traces, uses: Uses, unread: int) -> Finding | None:
    """The most alike gate that is read before the unread one and behind it."""
    name = _name(traces.prepared, uses, unread)
    alikes = [
        (alike(name, other), number, other)
        for number in _gates(uses)
        if uses.recording.steps[number].operation == uses.recording.steps[unread].operation
        and (other := _name(traces.prepared, uses, number)) not in ("", name)
        and min(_readers(uses, number), default=unread) < unread < _readers(uses, number)[-1]
    ]
    if not name or not alikes:
        return None
    _, number, other = max(alikes)
    taker = next(one for one in _readers(uses, number) if one > unread)
    frame = uses.recording.steps[taker].frames[-1]
    return Finding(
        "gate-missing",
        GateNeverUsed(name, other),
        layer_of(uses, unread, traces.exercise) or layer_of(uses, taker, traces.exercise),
        place=Place(frame.filename, frame.line),
    )


def _name(prepared: Prepared, uses: Uses, number: int) -> str:
    return next(assigned(prepared, uses.recording.steps[number]), "")
