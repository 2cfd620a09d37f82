"""Where in the submission a root cause lies: by its text, by a recorded call, by what made it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pytest_deeprnn.core.finding import Finding, Place
from pytest_deeprnn.diagnosis.locate import source_search
from pytest_deeprnn.diagnosis.locate.recorded_lines import LineFinder
from pytest_deeprnn.measurement.recording.recording import recording_of
from pytest_deeprnn.measurement.recording.source_lines import only_moves
from pytest_deeprnn.measurement.traces import Traces
from pytest_deeprnn.sandbox.protocol.messages import Frame, Origin
from pytest_deeprnn.submission.prepare import Prepared

#: Causes that lie where a tensor was filled, or made what it is, last of all.
_FILLED = ("init-constant", "init-scale", "params-not-leaf", "params-no-grad", "precision")


def find(prepared: Prepared, finding: Finding, traces: Traces | None) -> Place:
    """The first place that one of the ways gives, the finding's own for one; empty where none."""
    if prepared.contract.missing():
        traces = None
    ways: tuple[Callable[[], Place], ...] = (
        lambda: source_search.telling(prepared, finding),
        lambda: finding.place,
        lambda: source_search.specific(prepared, finding),
        lambda: _origin(finding, traces),
        lambda: _recorded(prepared, finding, traces),
        lambda: finding.called,
        lambda: source_search.general(prepared, finding),
    )
    for way in ways:
        place = way()
        if place.line is not None:
            return place
    return finding.place


def _recorded(prepared: Prepared, finding: Finding, traces: Traces | None) -> Place:
    recording = None if traces is None else recording_of(traces, finding.layer)
    if recording is None:
        return Place()
    frame = LineFinder(finding, recording, prepared).find()
    return Place() if frame is None else Place(frame.filename, frame.line)


def _origin(finding: Finding, traces: Traces | None) -> Place:
    """The line that made the tensor which a finding is about."""
    depth = None if traces is None else traces.odd_depth(None)
    if traces is None or depth is None or not finding.leaf:
        return Place()
    recorded = traces.recorded(depth)
    if recorded is None:
        return Place()
    name, origins = ("params", recorded.params)
    made = traces.student.params(traces.probe(depth))
    if finding.leaf.startswith("state"):
        name, origins = "state", recorded.state
        made = traces.student.state(traces.probe(depth))
    paths = [f"{name}{leaf.path}" for leaf in made.floats]
    if finding.leaf not in paths or len(paths) != len(origins):
        return Place()
    origin = origins[paths.index(finding.leaf)]
    if finding.code in _FILLED:
        frame = _filled(traces, origin, finding.code)
    else:
        frame = _own(origin.made, [one.made for one in origins], finding.code)
    return Place() if frame is None else Place(frame.filename, frame.line)


def _filled(traces: Traces, origin: Origin, code: str) -> Frame | None:
    """The line that filled a tensor last; one that was only moved is as it was made."""
    frames = origin.filled
    if code == "params-not-leaf" and frames and origin.made:
        moved = only_moves(traces.prepared, frames[-1])
        frames = origin.made if moved else frames
    return frames[-1] if frames else None


def _own(
    frames: tuple[Frame, ...], all_frames: Sequence[tuple[Frame, ...]], code: str
) -> Frame | None:
    """The innermost line that made this tensor alone, else the function's own line."""
    if not frames:
        return None
    for frame in reversed(frames):
        if sum(_passes(others, frame) for others in all_frames) == 1:
            return frame
    return frames[-1] if code.startswith(("state", "hardcoded")) else frames[0]


def _passes(frames: tuple[Frame, ...], frame: Frame) -> bool:
    return any((one.filename, one.line) == (frame.filename, frame.line) for one in frames)
