"""devices: everything is made and computed on the device that is asked for."""

from __future__ import annotations

from typing import Literal

from pytest_deeprnn.checks.as_run import params_as_run
from pytest_deeprnn.checks.outcome import Failed, Outcome, Passed
from pytest_deeprnn.core.facts import calls
from pytest_deeprnn.core.facts.fact import Fact, TensorPath
from pytest_deeprnn.core.finding import Finding, Place
from pytest_deeprnn.core.phrasing import sentence
from pytest_deeprnn.core.sizes import Sizes
from pytest_deeprnn.measurement.calls.runner import STAND_IN
from pytest_deeprnn.measurement.trace import Trace, is_tiny
from pytest_deeprnn.measurement.traces import Traces
from pytest_deeprnn.sandbox.protocol.messages import Raised, Settled, Spot
from pytest_deeprnn.submission.prepare import Prepared

#: How torch refuses to make an array of a tensor that is not on the CPU.
_TO_NUMPY = "device type tensor to numpy"
Maker = Literal["get_params", "init_state"]
_MAKERS: tuple[Maker, Maker] = ("get_params", "init_state")


def devices(traces: Traces) -> Outcome:
    """On a stand-in accelerator no tensor is left on the CPU and no two devices meet."""
    student = traces.student
    takes = [role for role in _MAKERS if student.takes_device(role)]
    if not takes:
        return Passed("No function takes a device, so all tensors are made on the CPU.")
    notes = ""
    for trace in _chosen(traces):
        settled = student.settle(trace.sizes, trace.inputs)
        finding = (
            _left_behind(settled, takes)
            or _stopped(traces.prepared, settled)
            or _moved(settled, traces, trace.sizes)
        )
        if finding is not None:
            return Failed(finding.fact, (finding,), observed=True)
        notes = notes or _note(settled)
    return Passed(notes)


def _chosen(traces: Traces) -> list[Trace]:
    """The very first, and of each depth a small one of several units, sequences and steps.

    Where a device matters depends on no size, and the stand-in takes long for large ones.
    """
    small: dict[int, Trace] = {}
    for trace in sorted(traces.all(), key=lambda trace: trace.sizes.work, reverse=True):
        sizes = trace.sizes
        if min(sizes.batch, sizes.steps) > 1 and not is_tiny(sizes):
            small[sizes.layers] = trace
    by_depth = {trace.sizes.layers: trace for trace in traces.telling()} | small
    return [traces.trace(traces.cases[0]), *(by_depth[depth] for depth in sorted(by_depth))]


def _left_behind(settled: Settled, takes: list[Maker]) -> Finding | None:
    made: dict[Maker, tuple[Spot, ...]] = {
        "get_params": settled.params,
        "init_state": settled.state,
    }
    for role in takes:
        name = "params" if role == "get_params" else "state"
        for spot in made[role]:
            if spot.device != STAND_IN:
                path = TensorPath(name + spot.path)
                fact = calls.MadeElsewhere(role, path, _device(spot))
                return Finding("hardcoded-device", fact, function=role, leaf=path)
    for spot in settled.outputs:
        if spot.device != STAND_IN:
            is_output = spot.path.startswith("[0]")
            kind = calls.OutputsElsewhere if is_output else calls.StateElsewhere
            return Finding("hardcoded-device", kind(_device(spot)), function="forward")
    return None


def _moved(settled: Settled, traces: Traces, sizes: Sizes) -> Finding | None:
    """A parameter that is a leaf on the CPU alone: elsewhere it is the copy of one."""
    copies = [spot for spot in settled.params if not spot.is_leaf]
    made = params_as_run(traces, sizes).floats if copies else ()
    leaves = {leaf.path for leaf in made if leaf.is_leaf}
    for spot in copies:
        if spot.path in leaves:
            path = TensorPath(f"params{spot.path}")
            return Finding("params-not-leaf", calls.Moved(path), function="get_params", leaf=path)
    return None


def _device(spot: Spot) -> str:
    return "CPU" if spot.device == "cpu" else spot.device


def _stopped(prepared: Prepared, settled: Settled) -> Finding | None:
    """Tensors of two devices that met, or a device that was asked for by its name."""
    stopped = settled.stopped
    if stopped is None or not (stopped.mixed or names_device(stopped.raised)):
        return None
    frames = stopped.raised.frames
    said = stopped.raised.message
    fact: Fact = calls.OneDevice(stopped.role, said)
    if frames:
        line = prepared.line_said(frames[-1].filename, frames[-1].line)
        fact = calls.OneDeviceThere(stopped.role, said, line)
    frame = stopped.made or (frames[-1] if frames else None)
    place = Place() if frame is None else Place(frame.filename, frame.line)
    return Finding("hardcoded-device", fact, place=place, function=stopped.role)


def names_device(raised: Raised) -> bool:
    """Whether an exception says that a device is not there."""
    missing = ("not compiled with CUDA", "NVIDIA driver", "No CUDA GPUs", "MPS backend is not")
    return any(words in raised.message for words in missing)


def _note(settled: Settled) -> str:
    if settled.stopped is not None:
        stopped = settled.stopped
        if _TO_NUMPY in stopped.raised.message:
            return (
                f"{stopped.role} makes numpy arrays of tensors: on an accelerator these have to "
                "be brought to the CPU first, by cpu()."
            )
        return (
            f"The stand-in accelerator could not follow {stopped.role}: "
            f"{sentence(stopped.raised.message)}"
        )
    if settled.synchronised:
        return "Numbers are read back to the CPU, for which an accelerator has to wait."
    return ""
