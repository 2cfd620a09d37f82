"""Which exercise a submission answers, where none is named."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pytest_deeprnn import depths
from pytest_deeprnn.alignment.align import Alignment, align, generic_sizes
from pytest_deeprnn.alignment.footprints import NotMeasurable
from pytest_deeprnn.exercise import Exercise, load, packaged
from pytest_deeprnn.student import Student, StudentLost, StudentRaised
from pytest_deeprnn.submission import contract as contracts
from pytest_deeprnn.submission.discover import Submission
from pytest_deeprnn.submission.names import CELLS, cells_in
from pytest_deeprnn.submission.prepare import Prepared, prepare
from pytest_deeprnn.submission.read import Unreadable
from pytest_deeprnn.worker.remote import Spawner

_FALLBACK = "deep-rnn"
_DEPTH = 2  # enough to tell layers from each other


@dataclass(frozen=True)
class Identified:
    """An exercise and how it was known."""

    exercise: Exercise
    reason: str


def identify(submission: Submission, spawner: Spawner) -> tuple[Identified, ...]:
    """Find out by what each network does, else by the names in the file.

    A file may hold several answers: functions of their own for an RNN, a GRU and an LSTM.
    """
    try:
        prepared = prepare(submission, frozenset())
    except Unreadable:
        return (Identified(load(_FALLBACK), "the file could not be read"),)
    answers = contracts.answers(prepared.functions)
    if not answers:
        return (_identified(prepared, spawner),)
    found = [_identified(prepare(submission, frozenset({cell})), spawner, cell) for cell in answers]
    each = {one.exercise.name: one for one in reversed(found)}
    return tuple(one for one in found if each[one.exercise.name] is one)


def _identified(prepared: Prepared, spawner: Spawner, named: str | None = None) -> Identified:
    """One answer's exercise; where its functions are named for a cell, no other cell's."""
    alignment = None if prepared.contract.missing() else _aligned(prepared, spawner)
    if alignment is not None and alignment.proven:
        listed = bool(alignment.footprints.sizes.widths)
        found = _by_cells(list(alignment.cells), depths.takes_layers(prepared.contract), listed)
        if found is not None and named in (None, *found.network.cells):
            cells = ", ".join(cell.upper() for cell in alignment.cells)
            return Identified(found, f"its layers behave like {cells}")
    return _by_names(prepared)


def _aligned(prepared: Prepared, spawner: Spawner) -> Alignment | None:
    student = Student(spawner, prepared.load, prepared.contract, prepared.constants)
    try:
        one, several = (generic_sizes(_DEPTH, listed) for listed in (False, True))
        listed = depths.needs_list(student, one, several)
        return align(student, _DEPTH, [], seed=_DEPTH, own_widths=listed)
    except (StudentRaised, StudentLost, NotMeasurable):
        return None
    finally:
        student.close()


def _by_cells(cells: list[str], takes_layers: bool, listed: bool) -> Exercise | None:
    """The exercise whose layers these are; one that takes a number of layers is a deep one."""
    takes_layers = takes_layers or listed
    fitting = []
    for name in packaged():
        exercise = load(name)
        low, high = exercise.network.min_layers, exercise.network.max_layers
        if low <= len(cells) <= high and exercise.cells(len(cells)) == cells:
            fitting.append(exercise)
    fitting.sort(
        key=lambda exercise: (
            exercise.network.own_widths != listed,
            (exercise.network.max_layers > 2) != takes_layers,
        )
    )
    return fitting[0] if fitting else None


def _by_names(prepared: Prepared) -> Identified:
    names = [binding.function.name for _, binding in prepared.contract.bindings()]
    named = [cells_in(name) for name in names if cells_in(name)]
    cells = frozenset[str]().union(*named) if named else frozenset[str]()
    deep = depths.takes_layers(prepared.contract) or any("deep" in name.lower() for name in names)
    reason = f"the functions are named {', '.join(names)}" if named else "nothing names a cell"
    if {"gru", "rnn"} <= cells and any({"gru", "rnn"} <= found for found in named):
        return Identified(load("gru-rnn"), reason)
    cell: str | None = next((cell for cell in ("lstm", "gru", "rnn") if cell in cells), None)
    if cell is None:
        cell, reason = _by_text(prepared)
    if cell is None:
        return Identified(load(_FALLBACK), reason)
    return Identified(load(f"deep-{cell}" if deep else cell), reason)


def _by_text(prepared: Prepared) -> tuple[str | None, str]:
    """The cell that the file speaks of most, where no function is named for one."""
    text = " ".join(piece.text for piece in prepared.source.pieces).lower()
    counts = {cell: len(re.findall(rf"(?<![a-z]){cell}(?![a-z])", text)) for cell in CELLS}
    most = max(counts, key=lambda cell: counts[cell])
    if counts[most] == 0:
        return None, "nothing in the file names a cell"
    return most, f"the file speaks of {most.upper()} most often"
