"""output-shape: outputs and states have the shapes that the exercise asks for."""

from __future__ import annotations

from dataclasses import replace

from pytest_deeprnn.checks.evidence.differences import wiring_findings
from pytest_deeprnn.checks.evidence.fixed_sizes import written_size
from pytest_deeprnn.checks.evidence.precision import fixed_dtype, mixed_dtypes
from pytest_deeprnn.checks.examples import (
    drawn,
    example,
)
from pytest_deeprnn.checks.outcome import Failed, Outcome, Passed
from pytest_deeprnn.checks.without_tensors import has_arrays
from pytest_deeprnn.core.finding import Finding, Place
from pytest_deeprnn.core.phrasing import sentence
from pytest_deeprnn.core.report import Example
from pytest_deeprnn.measurement.calls.replies import Numbers
from pytest_deeprnn.measurement.calls.runner import StudentRaised
from pytest_deeprnn.measurement.cases.drawn import Case
from pytest_deeprnn.measurement.trace import Trace
from pytest_deeprnn.measurement.traces import Traces

_ENOUGH = 8  # cases of different sizes after which a crash is no matter of one size

_FORMS = {
    "rows": "(T·B, V)",
    "steps": "(T, B, V)",
    "list": "a list of T tensors (B, V)",
}


def output_shape(traces: Traces) -> Outcome:
    """Outputs have the shape (T·B, V), or another accepted one."""
    forms: set[str] = set()
    failed = _size_that_crashes(traces)
    if failed is not None:
        return failed
    for trace in traces.every():
        if trace.answer.ran.values < 2:
            detail = "forward returns one value; the contract asks for (outputs, new state)"
            return Failed(
                sentence(detail), (Finding("state-not-returned", detail),), example(trace)
            )
        fitting = output_forms(trace) & set(traces.exercise.accept.outputs)
        if not fitting:
            return _wrong_shape(trace)
        forms |= set() if "rows" in fitting else fitting
    other = sorted(forms)
    told = f"Outputs come as {_FORMS[other[0]]}; the book's are (T·B, V)." if other else ""
    return Passed(told)


def _size_that_crashes(traces: Traces) -> Failed | None:
    """A case that raises while others run; where all raise, the exception itself is the news."""
    raised: list[tuple[Case, StudentRaised]] = []
    ran = 0
    for case in (*traces.cases, *traces.further):
        try:
            traces.trace(case)
            ran += 1
        except StudentRaised as caught:
            raised.append((case, caught))
        if len(raised) >= _ENOUGH and ran == 0:
            break
    if not raised:
        return None
    if ran == 0:
        return _never_runs(traces, raised[0][1])
    case, error = min(raised, key=lambda pair: traces.sizes(pair[0]).work)
    sizes = traces.sizes(case)
    told = ", ".join(f"{letter} = {size}" for letter, size in sizes.as_dict().items())
    fixed = fixed_dtype(traces, case, error)
    if fixed is not None:
        return Failed(sentence(fixed.detail), (fixed,), frames=error.raised.frames)
    detail = f"{error.role} raises {error} with {told}, while other sizes work"
    place = Place()
    if error.raised.frames:
        place = Place(error.raised.frames[-1].filename, error.raised.frames[-1].line)
    if traces.runs_afresh(case):
        detail = f"{error.role} raises {error} after calls with other sizes, but not before them"
        found = Finding("state-global", detail, function="forward")
        return Failed(sentence(detail), (found,), frames=error.raised.frames)
    wiring = wiring_findings(traces, proving=False)
    finding = Finding("hardcoded-shape", detail, place=place, fallback=bool(wiring))
    made: tuple[Numbers, ...] = ()
    if error.role == "forward":
        made = traces.student.params(sizes), traces.student.state(sizes)
    shown = Example(sizes=sizes.as_dict(), seed=case.seed, drawn=drawn(case, sizes, *made))
    return Failed(sentence(detail), (*wiring, finding), shown, frames=error.raised.frames)


def _never_runs(traces: Traces, error: StudentRaised) -> Failed:
    """Where one size is written into the code, that is told; else the exception itself."""
    mixed = mixed_dtypes(traces, error)
    if mixed is not None:
        return Failed(sentence(mixed.detail), (mixed,), frames=error.raised.frames)
    finding = written_size(traces)
    if finding is None:
        raise error
    detail = f"{error.role} raises {error}; {finding.detail}"
    found = replace(finding, detail=detail, place=finding.place)
    return Failed(sentence(detail), (found,), frames=error.raised.frames)


def output_forms(trace: Trace) -> set[str]:
    """The accepted forms that the outputs have; with T = 1 one shape may be several."""
    sizes = trace.sizes
    shapes = [tuple(value.shape) for value in trace.answer.outputs]
    forms = {
        "rows": [(sizes.steps * sizes.batch, sizes.vocab)],
        "steps": [(sizes.steps, sizes.batch, sizes.vocab)],
        "list": [(sizes.batch, sizes.vocab)] * sizes.steps,
    }
    return {form for form, wanted in forms.items() if shapes == wanted}


def _wrong_shape(trace: Trace) -> Outcome:
    sizes = trace.sizes
    shapes = [str(tuple(value.shape)) for value in trace.answer.outputs[:3]]
    none = "numpy arrays" if has_arrays(trace.answer.ran.outputs) else "no tensor"
    got = f"shape {' and '.join(shapes)}" if shapes else f"{none} in them"
    wanted = (sizes.steps * sizes.batch, sizes.vocab)
    detail = (
        f"outputs have {got} where (T·B, V) = {wanted} was asked for "
        f"(T = {sizes.steps}, B = {sizes.batch}, V = {sizes.vocab})"
    )
    return Failed(f"The {detail}.", (Finding("output-shape", detail),), example(trace))
