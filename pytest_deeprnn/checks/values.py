"""output-shape, output-values, new-state: forward gives the reference's numbers."""

from __future__ import annotations

from collections.abc import Callable

from pytest_deeprnn.checks.compare import first_difference
from pytest_deeprnn.checks.evidence.differences import reasons
from pytest_deeprnn.checks.evidence.precision import rounded
from pytest_deeprnn.checks.evidence.reused_weights import reused_weights
from pytest_deeprnn.checks.evidence.unused_gates import unread_gates
from pytest_deeprnn.checks.evidence.wiring import moved, unexplained, wrong_cells
from pytest_deeprnn.checks.examples import (
    example,
    output_place,
    state_place,
    with_sizes,
    with_units,
)
from pytest_deeprnn.checks.outcome import Failed, Outcome, Passed
from pytest_deeprnn.core.facts import networks, states
from pytest_deeprnn.core.facts.fact import Commas, Fact, InWords
from pytest_deeprnn.core.finding import Finding
from pytest_deeprnn.core.report import Example
from pytest_deeprnn.core.sizes import Sizes
from pytest_deeprnn.measurement.alignment.align import Alignment
from pytest_deeprnn.measurement.trace import Trace, is_tiny
from pytest_deeprnn.measurement.traces import Traces


def output_values(traces: Traces) -> Outcome:
    """Outputs equal the reference's in every case."""
    return _compare(traces, _output_difference, networks.Output())


def new_state(traces: Traces) -> Outcome:
    """The new state equals the reference's in every case, each part in its place."""
    for alignment in (traces.alignment(depth) for depth in traces.depths):
        if alignment.proven and moved(alignment):
            fact = states.StateMoved()
            return Failed(fact, (Finding("state-order", fact, function="forward"),))
    return _compare(traces, _state_difference, networks.NewState())


Find = Callable[[Trace], tuple[Fact, Example] | None]


def _compare(traces: Traces, find: Find, what: Fact) -> Outcome:
    """Look at all cases and report a small one that differs."""
    other = _other_cells(traces)
    if other:
        told = other[0].fact
        for finding in other[1:]:
            told = networks.OtherCells(told, finding.fact)
        return Failed(told, other)
    known = [trace for trace in traces.every() if not trace.out_of_reach]
    unknown = [trace for trace in known or traces.every() if trace.expected is None]
    if unknown:
        return _unknown(unknown[0], traces, what)
    wrong = [(trace, gap) for trace in known if (gap := find(trace)) is not None]
    if not wrong:
        less = rounded(traces)
        return Failed(less[0].fact, less) if less else _passed(traces)
    _, (message, shown) = min(wrong, key=lambda pair: _telling(pair[0].sizes))
    return Failed(message, reasons(traces), shown)


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
            kind = networks.ResetAfter if layer.found.reset_after else networks.ResetBefore
            fact = kind(number)
            return (Finding("cell-update", fact, number, "reset", exact=alignment.proven),)
    return ()


def _unknown(trace: Trace, traces: Traces, what: Fact) -> Outcome:
    alignment = trace.alignment
    cells = Commas(traces.exercise.cells(trace.sizes.layers))
    known = InWords("") if alignment is None else describe_wiring(alignment)
    asked = traces.exercise.cells(max(trace.sizes.layers, alignment_depth(alignment)))
    findings: tuple[Finding, ...] = ()
    if alignment is not None:
        findings = reasons(traces)
        if all(one.code == "cell-update" for one in findings):
            findings = (*unread_gates(traces), *findings)
        findings = findings or reused_weights(traces) or (unexplained(alignment, asked),)
    return Failed(networks.NoReading(what, cells, known), findings)


def alignment_depth(alignment: Alignment | None) -> int:
    """The layers that were recognised."""
    return 0 if alignment is None else len(alignment.naming.layers)


def describe_wiring(alignment: Alignment) -> Fact:
    """Return which layers were recognised."""
    names = [cell.upper() for cell in alignment.cells]
    if not names:
        return networks.FirstUnknown()
    return networks.KnownFromBelow(Commas(names))


def _output_difference(trace: Trace) -> tuple[Fact, Example] | None:
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
    numbers = difference.expected, difference.got
    place = step + 1, batch_row + 1, unit + 1
    return networks.OutputDiffers(*place, *numbers, *with_sizes(trace)), shown


def _state_difference(trace: Trace) -> tuple[Fact, Example] | None:
    assert trace.expected is not None
    try:
        got = trace.new_state()
    except IndexError:
        return states.StateShape(), example(trace)
    if [len(state) for state in got] != [len(state) for state in trace.expected[1]]:
        return states.StateLacksLayer(), example(trace)
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
                numbers = difference.expected, difference.got
                place = name, layer, row + 1, unit + 1
                return states.StateDiffers(*place, *numbers, *with_sizes(trace)), shown
    return None
