"""Numbers of another precision than was asked for: rounded to 16 bits, or of a fixed dtype."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from msgspec import structs

from pytest_deeprnn.checks.evidence.setting_lines import default_dtype
from pytest_deeprnn.core.facts import calls
from pytest_deeprnn.core.facts.fact import TensorPath
from pytest_deeprnn.core.finding import Finding, Place
from pytest_deeprnn.measurement.calls.replies import Numbers
from pytest_deeprnn.measurement.calls.runner import StudentRaised
from pytest_deeprnn.measurement.cases.drawn import Case
from pytest_deeprnn.measurement.recording.source_lines import kept
from pytest_deeprnn.measurement.trace import Trace
from pytest_deeprnn.measurement.traces import Traces
from pytest_deeprnn.sandbox.protocol.messages import Leaf
from pytest_deeprnn.submission.float_usage import rounding_lines
from pytest_deeprnn.submission.prepare import Prepared

_16_BITS = ("float16", "bfloat16")
_FLOATS = re.compile(r"\b(half|bfloat16|float|double)\b", re.IGNORECASE)
_OTHERS = re.compile(r"\b(long|int|short|char|byte|bool|complex\w*)\b", re.IGNORECASE)
_MISMATCH = re.compile(r"dtype|scalar type")
_TRIED = 3  # calls without rounding


def in_16_bits(
    traces: Traces, name: Literal["params", "state"], made: Numbers
) -> tuple[Finding, ...]:
    """What get_params or init_state makes as float16 or bfloat16."""
    leaf = _of_dtype(made, _16_BITS)
    if leaf is None:
        return ()
    path = TensorPath(f"{name}{leaf.path}")
    place = default_dtype(traces.prepared)
    return (Finding("precision", calls.SixteenBits(path, leaf.dtype), place=place, leaf=path),)


def fixed_dtype(traces: Traces, case: Case, error: StudentRaised) -> Finding | None:
    """A dtype that meets the inputs': what raises with float32 runs with float64."""
    if case.dtype != "float32" or not _runs(traces, structs.replace(case, dtype="float64")):
        return None
    sizes = traces.sizes(case)
    for name, made in (
        ("params", traces.student.params(sizes)),
        ("state", traces.student.state(sizes)),
    ):
        leaf = _of_dtype(made, ("float64",))
        if leaf is not None:
            path = TensorPath(f"{name}{leaf.path}")
            fact = calls.AlwaysFloat64(path, error.role, str(error))
            place = default_dtype(traces.prepared)
            return Finding("precision", fact, place=place, leaf=path)
    raised = calls.Float32Raises(error.role, str(error))
    return Finding("precision", raised, place=_raising(error))


def mixed_dtypes(traces: Traces, error: StudentRaised) -> Finding | None:
    """An exception of every call that says that two kinds of floats meet."""
    message = error.raised.message
    if not (_MISMATCH.search(message) and _FLOATS.search(message)) or _OTHERS.search(message):
        return None
    place = default_dtype(traces.prepared)
    place = _line_of_16_bits(traces.prepared) if place.line is None else place
    fact = calls.Raises(error.role, str(error))
    return Finding("precision", fact, place=_raising(error) if place.line is None else place)


def rounded(traces: Traces) -> tuple[Finding, ...]:
    """Proof that rounding alone parts the numbers: without it they are the reference's."""
    if not traces.prepared.load.exact:
        return ()
    wrong = [trace for trace in traces.every() if _in_16_bits(trace) or not _is_right(trace)]
    if not wrong or not all(_is_right_exactly(traces, trace) for trace in wrong[:_TRIED]):
        return ()
    place = _line_of_16_bits(traces.prepared)
    return (Finding("precision", calls.RoundsTo16Bits(), place=place),)


def _is_right_exactly(traces: Traces, trace: Trace) -> bool:
    """Whether a call gives the right numbers where nothing is rounded."""
    try:
        answer = traces.student.forward(
            trace.sizes, trace.inputs, trace.theta, trace.old, exact=True
        )
    except StudentRaised:
        return False
    return _is_right(replace(trace, answer=answer))


def _in_16_bits(trace: Trace) -> bool:
    ran = trace.answer.ran
    return any(leaf.dtype in _16_BITS for leaf in (*ran.outputs, *ran.state))


def _is_right(trace: Trace) -> bool:
    """Whether the outputs are the reference's; what has no known roles cannot be."""
    if trace.expected is None or not trace.answer.outputs:
        return False
    rows, right = trace.rows(), trace.expected[0]
    if rows.shape != right.shape:
        return False
    return bool(((rows - right).abs() <= trace.tolerance * (1 + right.abs())).all())


def _of_dtype(made: Numbers, dtypes: tuple[str, ...]) -> Leaf | None:
    return next((leaf for leaf in made.floats if leaf.dtype in dtypes), None)


def _runs(traces: Traces, case: Case) -> bool:
    try:
        traces.trace(case)
    except StudentRaised:
        return False
    return True


def _raising(error: StudentRaised) -> Place:
    frames = error.raised.frames
    return Place(frames[-1].filename, frames[-1].line) if frames else Place()


def _line_of_16_bits(prepared: Prepared) -> Place:
    for statement in kept(prepared):
        lines = rounding_lines(statement.node)
        if lines:
            return Place(prepared.source.pieces[statement.piece].filename, lines[0])
    return Place()
