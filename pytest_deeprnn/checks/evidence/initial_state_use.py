"""Whether forward starts from the state that it is given, or from one that it makes itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from pytest_deeprnn.core.facts.fact import TensorPath
from pytest_deeprnn.core.facts.states import IgnoresParts, IgnoresState
from pytest_deeprnn.core.finding import Finding, Place
from pytest_deeprnn.core.tolerances import MOVED
from pytest_deeprnn.measurement.calls.replies import Answer
from pytest_deeprnn.measurement.calls.runner import StudentRaised
from pytest_deeprnn.measurement.recording.recording import Recording, recording_of
from pytest_deeprnn.measurement.trace import Trace
from pytest_deeprnn.measurement.traces import Traces
from pytest_deeprnn.sandbox.protocol.messages import Frame, Step

_FRESH = ("zeros_like", "zeros", "new_zeros", "ones_like", "ones", "new_ones", "full", "new_full")


@dataclass(frozen=True)
class _Part:
    """One (B, H) tensor of the state: a leaf, or a row of one that holds several."""

    leaf: int
    row: int | None

    def moved(self, old: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
        """The state with other numbers in this part."""
        changed = old[self.leaf].clone()
        changed[... if self.row is None else self.row] += 0.5
        return (*old[: self.leaf], changed, *old[self.leaf + 1 :])


def starts_afresh(traces: Traces) -> Finding | None:
    """A given state that changes nothing, although the state matters from step to step."""
    if traces.unrepeatable is not None:
        return None
    trace = min(
        (one for one in traces.all() if one.sizes.steps > 1 and one.case.dtype == "float64"),
        key=lambda one: (-one.sizes.layers, one.sizes.work),
        default=None,
    )
    try:
        return None if trace is None else _starts_afresh(traces, trace)
    except StudentRaised:
        return None


def _starts_afresh(traces: Traces, trace: Trace) -> Finding | None:
    parts = list(_parts(trace))
    idle = [one for one in parts if _same(_again(traces, trace, one), trace.answer)]
    place = _made_at(recording_of(traces, None)) if idle and _loses(traces, trace) else Place()
    if place.line is None:
        return None
    if len(idle) == len(parts):
        return Finding("no-recurrence", IgnoresState(), place=place)
    paths = tuple(TensorPath(f"state{path}") for path in _paths(trace, idle, parts))
    layer = _layer(idle, parts, trace.sizes.layers)
    return Finding("no-recurrence", IgnoresParts(paths), layer, place=place)


def _paths(trace: Trace, idle: list[_Part], parts: list[_Part]) -> list[str]:
    """The paths of parts, a tensor by itself where all of its rows are meant."""
    found: dict[str, None] = {}
    for one in idle:
        path = trace.state.floats[one.leaf].path
        whole = all(other in idle for other in parts if other.leaf == one.leaf)
        found[path if whole else f"{path}[{one.row}]"] = None
    return list(found)


def _parts(trace: Trace) -> Iterator[_Part]:
    for leaf, value in enumerate(trace.old):
        rows = range(value.shape[0]) if value.dim() > 2 else (None,)
        yield from (_Part(leaf, row) for row in rows)


def _layer(idle: list[_Part], parts: list[_Part], layers: int) -> int | None:
    """The layer whose part it is, where each has one, or where there is one only."""
    if layers == 1:
        return 1
    return parts.index(idle[0]) + 1 if len(parts) == layers and len(idle) == 1 else None


def _again(traces: Traces, trace: Trace, part: _Part) -> Answer:
    moved = part.moved(trace.old)
    return traces.student.forward(trace.sizes, trace.inputs, trace.theta, moved)


def _same(left: Answer, right: Answer) -> bool:
    pairs = zip((*left.outputs, *left.state), (*right.outputs, *right.state), strict=False)
    return all(
        one.shape == two.shape and bool(((one - two).abs() <= MOVED).all()) for one, two in pairs
    )


def _loses(traces: Traces, trace: Trace) -> bool:
    """Whether two half runs, the second from the state of the first, part from one whole run."""
    student, sizes = traces.student, trace.sizes
    cut = sizes.steps // 2
    student.forward(sizes, trace.inputs[:cut], trace.theta, trace.old, keep="carried")
    second = student.forward(sizes, trace.inputs[cut:], trace.theta, "carried")
    got = torch.cat([value.reshape(-1, sizes.vocab) for value in second.outputs])
    expected = trace.rows()[cut * sizes.batch :]
    return got.shape == expected.shape and not bool(((got - expected).abs() <= MOVED).all())


def _made_at(recording: Recording | None) -> Place:
    """The line of the stepping function that makes a state, itself or by calling another."""
    if recording is None:
        return Place()
    for number, step in enumerate(recording.steps):
        if _is_state(step, recording) and _is_read(number, recording):
            frame = _of_stepping(step, recording)
            return Place(frame.filename, frame.line)
    return Place()


def _is_state(step: Step, recording: Recording) -> bool:
    """Whether an operation makes equal numbers, as many as hidden units."""
    sizes = recording.call.sizes
    count = len(step.result)
    fits = any(count % width == 0 for width in sizes.all_widths(sizes.layers))
    return step.operation in _FRESH and count > 0 and fits and len(set(step.result)) == 1


def _is_read(number: int, recording: Recording) -> bool:
    return any(
        read.step == number and step.operation != "__setitem__"
        for step in recording.steps
        for read in step.reads
    )


def _of_stepping(step: Step, recording: Recording) -> Frame:
    """The innermost line in a function that also multiplies weights, itself or deeper."""
    stepping = {
        (frame.filename, frame.function)
        for one in recording.steps
        if not recording.is_view(one) and any(map(recording.is_weight, one.reads))
        for frame in one.frames
    }
    for frame in reversed(step.frames):
        if (frame.filename, frame.function) in stepping:
            return frame
    return step.frames[-1]
