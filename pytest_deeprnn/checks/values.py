"""output-shape, output-values, new-state: forward gives the reference's numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pytest_deeprnn.checks.compare import Difference, first_difference
from pytest_deeprnn.checks.evidence.experiments import experiment
from pytest_deeprnn.checks.evidence.fixed_sizes import written_size
from pytest_deeprnn.checks.evidence.precision import fixed_dtype, mixed_dtypes, rounded
from pytest_deeprnn.checks.evidence.proof import Proof, prove
from pytest_deeprnn.checks.evidence.reused_weights import reused_weights
from pytest_deeprnn.checks.evidence.unused_gates import unread_gates
from pytest_deeprnn.checks.evidence.wiring import explain, moved, unexplained, wrong_cells
from pytest_deeprnn.checks.examples import drawn, finite, output_place, state_place, with_units
from pytest_deeprnn.checks.outcome import Failed, Outcome, Passed
from pytest_deeprnn.checks.without_tensors import has_arrays
from pytest_deeprnn.core.finding import Finding, Place
from pytest_deeprnn.core.phrasing import sentence, show
from pytest_deeprnn.core.report import Example
from pytest_deeprnn.core.sizes import Sizes
from pytest_deeprnn.measurement.alignment.align import Alignment
from pytest_deeprnn.measurement.calls.replies import Numbers
from pytest_deeprnn.measurement.calls.runner import StudentRaised
from pytest_deeprnn.measurement.cases.drawn import Case
from pytest_deeprnn.measurement.recording.recording import recording_of
from pytest_deeprnn.measurement.recording.student_names import OwnNames, own_names
from pytest_deeprnn.measurement.traces import Trace, Traces, is_tiny

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
    wiring = _wiring(traces, proving=False)
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


def output_values(traces: Traces) -> Outcome:
    """Outputs equal the reference's in every case."""
    return _compare(traces, _output_difference, "output")


def new_state(traces: Traces) -> Outcome:
    """The new state equals the reference's in every case, each part in its place."""
    for alignment in (traces.alignment(depth) for depth in traces.depths):
        if alignment.proven and moved(alignment):
            detail = "the parts of the state come back in another order than they were given"
            return Failed(sentence(detail), (Finding("state-order", detail, function="forward"),))
    return _compare(traces, _state_difference, "new state")


Find = Callable[[Trace], tuple[str, Example] | None]


def _compare(traces: Traces, find: Find, what: str) -> Outcome:
    """Look at all cases and report a small one that differs."""
    other = _other_cells(traces)
    if other:
        text = "; ".join(finding.detail for finding in other)
        return Failed(sentence(text), other)
    known = [trace for trace in traces.every() if not trace.out_of_reach]
    unknown = [trace for trace in known or traces.every() if trace.expected is None]
    if unknown:
        return _unknown(unknown[0], traces, what)
    wrong = [(trace, told) for trace in known if (told := find(trace)) is not None]
    if not wrong:
        less = rounded(traces)
        return Failed(sentence(less[0].detail), less) if less else _passed(traces)
    _, (message, shown) = min(wrong, key=lambda pair: _telling(pair[0].sizes))
    return Failed(message, _reasons(traces), shown)


def _telling(sizes: Sizes) -> tuple[bool, int]:
    """Small cases come first, but those of a single unit last: they show no pattern."""
    return is_tiny(sizes), sizes.work


def _passed(traces: Traces) -> Passed:
    """Some cases may say nothing, since the roles of their parameters cannot be told."""
    count = sum(trace.out_of_reach for trace in traces.every())
    if not count:
        return Passed()
    cases = "case was" if count == 1 else "cases were"
    note = (
        f"{count} {cases} left out: the parameters do not lie there as at other sizes, and their "
        "roles cannot be told."
    )
    return Passed(note, left_out=count)


def _other_cells(traces: Traces) -> tuple[Finding, ...]:
    for depth in traces.depths:
        alignment = traces.alignment(depth)
        cells = traces.exercise.cells(len(alignment.cells))
        found = wrong_cells(alignment, cells) or _other_reset(traces, alignment)
        if found:
            return found
    return ()


def _other_reset(traces: Traces, alignment: Alignment) -> tuple[Finding, ...]:
    """A convention that is right elsewhere but that this exercise does not accept."""
    for number, layer in enumerate(alignment.naming.layers, start=1):
        when = "after" if layer.found.reset_after else "before"
        if layer.found.cell == "gru" and when not in traces.exercise.accept.reset:
            detail = f"layer {number} applies the reset gate {when} the recurrent product"
            return (Finding("cell-update", detail, number, "reset", exact=alignment.proven),)
    return ()


def _reasons(traces: Traces) -> tuple[Finding, ...]:
    """What explains numbers that differ: the wiring where it is odd, then experiments."""
    return rounded(traces) or (*_wiring(traces), *experiment(traces))


def _wiring(traces: Traces, proving: bool = True) -> tuple[Finding, ...]:
    """What is odd about the network at the lowest depth where something is.

    Where cases run it can be proven: the network as it was found gives the student's numbers.
    """
    asked = traces.exercise.cells(traces.exercise.network.max_layers)
    known = traces.known_alignments()
    odd = [one for one in known if not one.proven]
    findings = explain(odd[0], asked, _names(traces)) if odd else ()
    proofs = [prove(one, traces) for one in odd or known] if proving else []
    proven = [one for one in proofs if one is not None]
    if not proven or len(proven) < len(proofs):
        return findings
    return (*(replace(one, exact=True) for one in findings), *_runs(proven))


def _names(traces: Traces) -> OwnNames:
    recording = recording_of(traces, None)
    return OwnNames() if recording is None else own_names(recording, traces.prepared)


def _runs(proofs: list[Proof]) -> tuple[Finding, ...]:
    """What shows in whole runs only."""
    twists = dict.fromkeys(twist for proof in proofs for twist in proof.runs)
    return tuple(
        Finding(twist.code, twist.text, exact=True, mutation=twist.id, equation=twist.equation)
        for twist in twists
    )


def _unknown(trace: Trace, traces: Traces, what: str) -> Outcome:
    alignment = trace.alignment
    cells = ", ".join(traces.exercise.cells(trace.sizes.layers))
    found = "" if alignment is None else f" {describe_wiring(alignment)}"
    asked = traces.exercise.cells(max(trace.sizes.layers, alignment_depth(alignment)))
    findings: tuple[Finding, ...] = ()
    if alignment is not None:
        findings = _reasons(traces)
        if all(one.code == "cell-update" for one in findings):
            findings = (*unread_gates(traces), *findings)
        findings = findings or reused_weights(traces) or (unexplained(alignment, asked),)
    return Failed(
        f"No way of reading your parameters makes the {what} that of the network asked for "
        f"({cells}).{found}",
        findings,
    )


def alignment_depth(alignment: Alignment | None) -> int:
    """The layers that were recognised."""
    return 0 if alignment is None else len(alignment.naming.layers)


def describe_wiring(alignment: Alignment) -> str:
    """One sentence on the layers that were recognised."""
    names = [cell.upper() for cell in alignment.cells]
    if not names:
        return "Already layer 1 is not recognised as an RNN, GRU or LSTM layer."
    return f"Recognised from below: {', '.join(names)}."


def _output_difference(trace: Trace) -> tuple[str, Example] | None:
    assert trace.expected is not None
    expected = trace.expected[0]
    difference = first_difference(trace.rows(), expected, trace.tolerance)
    if difference is None:
        return None
    row, unit = difference.index
    step, batch_row = divmod(row, trace.sizes.batch)
    shown = with_units(
        example(trace, difference, step=step + 1, row=batch_row + 1, unit=unit + 1),
        expected[row],
        trace.rows()[row],
        output_place(trace, row, unit),
    )
    return (
        f"Outputs differ first at step {step + 1}, batch row {batch_row + 1}, output {unit + 1}: "
        f"expected {show(difference.expected)}, got {show(difference.got)}, {_with(trace)}.",
        shown,
    )


def _state_difference(trace: Trace) -> tuple[str, Example] | None:
    assert trace.expected is not None
    try:
        got = trace.new_state()
    except IndexError:
        return "The new state has another shape than the initial state.", example(trace)
    if [len(state) for state in got] != [len(state) for state in trace.expected[1]]:
        return "The new state lacks a layer's part.", example(trace)
    for layer, (student, reference) in enumerate(zip(got, trace.expected[1], strict=True), 1):
        for part, (mine, right) in enumerate(zip(student, reference, strict=True)):
            difference = first_difference(mine, right, trace.tolerance)
            if difference is not None:
                row, unit = difference.index
                name = "HC"[part]
                shown = with_units(
                    example(trace, difference, layer=layer, row=row + 1, unit=unit + 1),
                    right[row],
                    mine[row],
                    state_place(trace, layer, part, row, unit),
                )
                return (
                    f"The new state {name} of layer {layer} differs first at batch row "
                    f"{row + 1}, unit {unit + 1}: expected {show(difference.expected)}, "
                    f"got {show(difference.got)}, {_with(trace)}.",
                    shown,
                )
    return None


def _with(trace: Trace) -> str:
    """The sizes of a case and how far its numbers may differ."""
    sizes = ", ".join(f"{name} = {size}" for name, size in trace.sizes.as_dict().items())
    return f"with {sizes} (tolerance {trace.tolerance:g})"


def example(
    trace: Trace,
    difference: Difference | None = None,
    *,
    step: int | None = None,
    layer: int | None = None,
    row: int | None = None,
    unit: int | None = None,
) -> Example:
    """A case as the report shows it."""
    return Example(
        sizes=trace.sizes.as_dict(),
        seed=trace.case.seed,
        step=step,
        layer=layer,
        row=row,
        unit=unit,
        expected=None if difference is None else finite(difference.expected),
        got=None if difference is None else finite(difference.got),
        tolerance=trace.tolerance,
        drawn=drawn(trace.case, trace.sizes, trace.params, trace.state),
    )
