"""Which exercise a submission answers, where none is named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pytest_deeprnn.core.exercise import IMPORTS, Exercise, load, packaged
from pytest_deeprnn.grading.contract_search.search import complete
from pytest_deeprnn.grading.identify import name_hints
from pytest_deeprnn.grading.identify.likelihood import (
    Candidate,
    Evidence,
    candidates,
    closest,
    closest_unnamed,
)
from pytest_deeprnn.grading.identify.parameter_counts import Counts, count, distance, ignores_layers
from pytest_deeprnn.measurement.alignment.align import Alignment, align, generic_sizes
from pytest_deeprnn.measurement.alignment.cells import Cell
from pytest_deeprnn.measurement.alignment.errors import NotMeasurable
from pytest_deeprnn.measurement.calls import depths
from pytest_deeprnn.measurement.calls.runner import StudentLost, StudentRaised, SubmissionRunner
from pytest_deeprnn.sandbox.worker import Spawner
from pytest_deeprnn.submission import contract as contracts
from pytest_deeprnn.submission.discover import Submission
from pytest_deeprnn.submission.prepare import Prepared, prepare, with_contract
from pytest_deeprnn.submission.source import Unreadable

_DEPTH = 2  # enough to tell layers from each other
_SECONDS = 60.0  # that all answers to what is asked here may take
_COUNTED = 3  # enough to tell what each further layer needs


@dataclass(frozen=True)
class Identified:
    """An exercise and how it was known."""

    exercise: Exercise
    reason: str


def identify(submission: Submission, spawner: Spawner) -> tuple[Identified, ...]:
    """Find out by what each network does, else by what it is made of and by names.

    A file may hold several answers: functions of their own for an RNN, a GRU and an LSTM.
    """
    try:
        prepared = prepare(submission, frozenset())
    except Unreadable:
        return (_told(*name_hints.by_text(Path(submission.path))),)
    prepared = complete(prepared, spawner, IMPORTS, frozenset())
    answers = contracts.answers(prepared.functions)
    if not answers:
        return (_identified(prepared, spawner),)
    found = [_identified(_answer(prepared, cell, spawner), spawner, cell) for cell in answers]
    each = {one.exercise.name: one for one in reversed(found)}
    return tuple(one for one in found if each[one.exercise.name] is one)


def _answer(prepared: Prepared, cell: str, spawner: Spawner) -> Prepared:
    """The submission as an answer for one cell, where it holds several."""
    cells = frozenset({cell})
    contract = contracts.find(prepared.functions, cells)
    own = with_contract(prepared, list(prepared.functions), contract)
    return complete(own, spawner, IMPORTS, cells)


def _told(name: str, reason: str) -> Identified:
    return Identified(load(name), reason)


def _identified(prepared: Prepared, spawner: Spawner, cell: str | None = None) -> Identified:
    """One answer's exercise; where its functions are named for a cell, no other cell's."""
    student = SubmissionRunner(
        spawner, prepared.load, prepared.contract, prepared.constants, IMPORTS, _SECONDS
    )
    try:
        listed = _takes_list(student)
        alignment = _aligned(student, listed)
        found = None if alignment is None else _by_proof(prepared, student, alignment, cell)
        return found or _by_likeness(prepared, student, alignment, cell, listed)
    finally:
        student.close()


def _takes_list(student: SubmissionRunner) -> bool:
    """Whether num_hiddens is a list; where a number may be given too, more widths are more."""
    if student.contract.get_params is None:
        return False
    one, several, more = generic_sizes(1, False), generic_sizes(2, True), generic_sizes(3, True)
    if depths.needs_list(student, one, several):
        return True
    return not depths.takes_layers(student.contract) and depths.grows(student, several, more)


def _aligned(student: SubmissionRunner, listed: bool) -> Alignment | None:
    if student.contract.missing():
        return None
    try:
        return align(student, _DEPTH, [], seed=_DEPTH, own_widths=listed)
    except (StudentRaised, StudentLost, NotMeasurable):
        return None


def _by_proof(
    prepared: Prepared, student: SubmissionRunner, alignment: Alignment, cell: str | None
) -> Identified | None:
    """What a network is right as, with every parameter in use."""
    if not alignment.proven or None in alignment.naming.roles:
        return None
    cells, meant = list(alignment.cells), name_hints.only_name(prepared)
    plain = set(cells) == {"rnn"} and meant not in (None, "rnn")
    asked = [meant] * len(cells) if meant and plain else cells
    layers = depths.takes_layers(prepared.contract)
    found = _by_cells(asked, layers, bool(alignment.sensitivities.sizes.widths))
    if found is None or cell not in (None, *found.network.cells):
        return None
    if layers and found.network.max_layers <= _DEPTH and not ignores_layers(student, _DEPTH):
        return None
    why = name_hints.reason(prepared) if plain else f"its layers behave like {_listed(cells)}"
    return Identified(found, why)


def _by_cells(cells: Sequence[Cell], takes_layers: bool, listed: bool) -> Exercise | None:
    """The exercise whose layers these are; one that takes a number of layers is a deep one."""
    takes_layers = takes_layers or listed
    fitting = []
    for name in packaged():
        exercise = load(name)
        low, high = exercise.network.min_layers, exercise.network.max_layers
        if low <= len(cells) <= high and exercise.cells(len(cells)) == list(cells):
            fitting.append(exercise)
    fitting.sort(
        key=lambda exercise: (
            exercise.network.own_widths != listed,
            (exercise.network.max_layers > 2) != takes_layers,
        )
    )
    return fitting[0] if fitting else None


def _by_likeness(
    prepared: Prepared,
    student: SubmissionRunner,
    alignment: Alignment | None,
    cell: str | None,
    listed: bool,
) -> Identified:
    """What a faulty network comes closest to; by its names where nothing else is known."""
    evidence = _evidence(prepared, student, alignment, listed)
    if not evidence.known and not listed:
        return _told(*name_hints.by_names(prepared))
    fitting = _fitting(evidence, cell, listed) or _fitting(evidence, cell, not listed)
    best = closest(fitting, evidence)
    if best.exercise.network.own_widths:
        return Identified(best.exercise, "num_hiddens is a list, one width a layer")
    if closest_unnamed(fitting, evidence).exercise != best.exercise:
        return Identified(best.exercise, name_hints.reason(prepared))
    return Identified(best.exercise, _reason(best, evidence))


def _evidence(
    prepared: Prepared, student: SubmissionRunner, alignment: Alignment | None, listed: bool
) -> Evidence:
    layers = depths.takes_layers(prepared.contract)
    return Evidence(
        cells=() if alignment is None else alignment.cells,
        counts=Counts() if listed else count(student, _COUNTED),
        names=tuple((role, bound.function.name) for role, bound in prepared.contract.bindings()),
        spoken=name_hints.spoken(prepared),
        layers=layers and not ignores_layers(student, _DEPTH),
    )


def _fitting(evidence: Evidence, cell: str | None, listed: bool) -> list[Candidate]:
    """The exercises that may be meant, plain layers first."""
    exercises = [one for one in map(load, packaged()) if one.network.own_widths == listed]
    exercises.sort(key=lambda one: set(one.network.cells) != {"rnn"})
    layers = _COUNTED if evidence.layers else None
    return [one for one in candidates(exercises, layers) if cell in (None, *one.cells)]


def _reason(best: Candidate, evidence: Evidence) -> str:
    """Whether counts, recognised layers or both decided."""
    counts, cells = evidence.counts, _listed(best.cells)
    if counts.known and distance(counts, best.cells) == 0:
        return f"it has as many {counts.what} as {cells}"
    if not counts.known:
        return f"its layers come closest to {cells}"
    return f"its {counts.what}, by their number, come closest to {cells}"


def _listed(cells: Iterable[str]) -> str:
    return ", ".join(cell.upper() for cell in cells)
