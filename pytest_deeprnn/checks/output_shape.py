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
from pytest_deeprnn.core.facts import calls
from pytest_deeprnn.core.facts.fact import Commas
from pytest_deeprnn.core.facts.states import OneValue
from pytest_deeprnn.core.finding import Finding, Place
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
            fact = OneValue()
            return Failed(fact, (Finding("state-not-returned", fact),), example(trace))
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
    told = Commas(f"{letter} = {size}" for letter, size in sizes.as_dict().items())
    fixed = fixed_dtype(traces, case, error)
    if fixed is not None:
        return Failed(fixed.fact, (fixed,), frames=error.raised.frames)
    fact = calls.RaisesWithSizes(error.role, str(error), told)
    place = Place()
    if error.raised.frames:
        place = Place(error.raised.frames[-1].filename, error.raised.frames[-1].line)
    if traces.runs_afresh(case):
        after = calls.RaisesAfterOthers(error.role, str(error))
        found = Finding("state-global", after, function="forward")
        return Failed(after, (found,), frames=error.raised.frames)
    wiring = wiring_findings(traces, proving=False)
    finding = Finding("hardcoded-shape", fact, place=place, fallback=bool(wiring))
    made: tuple[Numbers, ...] = ()
    if error.role == "forward":
        made = traces.student.params(sizes), traces.student.state(sizes)
    shown = Example(sizes=sizes.as_dict(), seed=case.seed, drawn=drawn(case, sizes, *made))
    return Failed(fact, (*wiring, finding), shown, frames=error.raised.frames)


def _never_runs(traces: Traces, error: StudentRaised) -> Failed:
    """Where one size is written into the code, that is told; else the exception itself."""
    mixed = mixed_dtypes(traces, error)
    if mixed is not None:
        return Failed(mixed.fact, (mixed,), frames=error.raised.frames)
    finding = written_size(traces)
    if finding is None:
        raise error
    fact = calls.RaisesBecause(error.role, str(error), finding.fact)
    found = replace(finding, measured=fact)
    return Failed(fact, (found,), frames=error.raised.frames)


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
    shapes = tuple(str(tuple(value.shape)) for value in trace.answer.outputs[:3])
    kind = calls.OutputsOfShape
    if not shapes:
        arrays = has_arrays(trace.answer.ran.outputs)
        kind = calls.OutputsOfArrays if arrays else calls.OutputsWithoutTensor
    wanted = str((sizes.steps * sizes.batch, sizes.vocab))
    fact = kind(shapes, wanted, sizes.steps, sizes.batch, sizes.vocab)
    return Failed(fact, (Finding("output-shape", fact),), example(trace))
