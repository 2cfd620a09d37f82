"""The smallest example, worked by the reference beside what the student's network makes of it."""

from __future__ import annotations

from collections.abc import Iterable

from pytest_deeprnn.core.report import Parting, Worked, WorkedRow
from pytest_deeprnn.diagnosis.worked_example.inputs import state, weights
from pytest_deeprnn.diagnosis.worked_example.minimise import Smallest, smallest
from pytest_deeprnn.diagnosis.worked_example.rows import SAME, Beside, worked_rows
from pytest_deeprnn.diagnosis.worked_example.step_values import run
from pytest_deeprnn.measurement.traces import Traces


def work(traces: Traces) -> Worked | None:
    """Find the smallest example and work it; None where there is none to show.

    Raises StudentLost.
    """
    found = smallest(traces)
    return None if found is None else _worked(found)


def _worked(found: Smallest) -> Worked:
    proof, cells = found.proof, found.alignment.cells
    theirs = None
    if proof is not None:
        theirs = run(found.alignment, found.whole, (*proof.wired, *proof.runs))
    beside = Beside(found, run(found.alignment, found.whole), theirs)
    rows = tuple(worked_rows(beside))
    return Worked(
        sizes={**found.whole.sizes.as_dict(), "L": len(cells)},
        cells=cells,
        tokens=tuple(tuple(step) for step in (found.whole.inputs.argmax(-1) + 1).tolist()),
        weights=weights(found.alignment, found.whole),
        state=state(found.alignment, found.whole),
        rows=rows,
        first=_first(rows),
    )


def _first(rows: Iterable[WorkedRow]) -> Parting:
    """The first number that is not as it should be; rows that differ are known to be there."""
    row = next(row for row in rows if row.differs)
    got = row.got
    for number, expected in enumerate(row.expected):
        for unit, right in enumerate(expected):
            mine = None if got is None else got[number][unit]
            if mine is None or abs(mine - right) >= SAME:
                return _parting(row, number, unit, mine)
    raise AssertionError("a row that differs has a number that does")


def _parting(row: WorkedRow, number: int, unit: int, got: float | None) -> Parting:
    return Parting(
        step=row.step,
        layer=row.layer,
        name=row.name,
        kind=row.kind,
        row=number + 1,
        unit=unit + 1,
        expected=row.expected[number][unit],
        got=got,
    )
