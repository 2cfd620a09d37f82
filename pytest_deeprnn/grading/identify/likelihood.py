"""Which exercise a faulty network comes closest to, by its layers, its counts and its names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pytest_deeprnn.core.exercise import Exercise
from pytest_deeprnn.core.function_roles import FunctionRole
from pytest_deeprnn.grading.identify.parameter_counts import Counts, distance
from pytest_deeprnn.measurement.alignment.cells import Cell
from pytest_deeprnn.submission.synonyms import cells_in

_OTHER_CELL = 1.5  # a layer that is recognised as another cell
_GATED = 8.0  # a layer with gates where a plain one is asked for
_NOT_SEEN = 0.25  # a layer that is not recognised
_LAYERS = 8.0  # one depth only where a number of layers is taken
_DEEP = 0.1  # one layer is likelier, or several where a name says deep
_SPOKEN = 0.5  # another cell is spoken of
_NAMES: dict[FunctionRole, float] = {"get_params": 2.0, "init_state": 1.0, "forward": 2.0}
_PLAIN = 0.25  # a plain name: any recurrent network is called rnn


@dataclass(frozen=True)
class Candidate:
    """An exercise with the cells that it asks for at one depth."""

    exercise: Exercise
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Evidence:
    """What is known of a network.

    `cells` are those recognised from the lowest layer, `names` the functions', `spoken` the cell
    that the file speaks of most; `layers` says that a number of layers is taken.
    """

    cells: tuple[Cell, ...]
    counts: Counts
    names: tuple[tuple[FunctionRole, str], ...]
    spoken: str | None
    layers: bool

    @property
    def known(self) -> bool:
        """Whether anything but names is."""
        return bool(self.cells) or self.counts.known

    @property
    def deep(self) -> bool:
        """Whether several layers are likely."""
        return self.layers or any("deep" in name.lower() for _, name in self.names)


def candidates(exercises: Iterable[Exercise], layers: int | None) -> list[Candidate]:
    """Each exercise at each of its depths, or near to so many layers."""
    found = []
    for exercise in exercises:
        low, high = exercise.network.min_layers, exercise.network.max_layers
        depths = range(low, high + 1) if layers is None else [min(max(low, layers), high)]
        found += [Candidate(exercise, tuple(exercise.cells(depth))) for depth in depths]
    return found


def closest(among: Iterable[Candidate], evidence: Evidence) -> Candidate:
    """The one that the least speaks against."""
    return min(among, key=lambda one: measured_gap(one, evidence) + named_gap(one, evidence))


def closest_unnamed(among: Iterable[Candidate], evidence: Evidence) -> Candidate:
    """The one that the least speaks against, whatever the names."""
    return min(among, key=lambda one: measured_gap(one, evidence))


def measured_gap(candidate: Candidate, evidence: Evidence) -> float:
    """What layers and counts say against a candidate."""
    network, one_layer = candidate.exercise.network, len(candidate.cells) == 1
    fixed = network.min_layers == network.max_layers
    gap = _LAYERS * (evidence.layers and fixed) + _DEEP * (evidence.deep == one_layer)
    return gap + _layers_apart(candidate, evidence) + distance(evidence.counts, candidate.cells)


def _layers_apart(candidate: Candidate, evidence: Evidence) -> float:
    """What the recognised layers say against a candidate."""
    found, asked = evidence.cells, candidate.cells
    gap = sum(_cells_apart(one, other) for one, other in zip(found, asked, strict=False))
    gap += _OTHER_CELL * max(0, len(found) - len(asked))
    return gap + _NOT_SEEN * max(0, len(asked) - len(found))


def _cells_apart(found: Cell, asked: Cell) -> float:
    if found == asked:
        return 0.0
    return _GATED if asked == "rnn" else _OTHER_CELL


def named_gap(candidate: Candidate, evidence: Evidence) -> float:
    """What names and text say against a candidate."""
    spoken = evidence.spoken is not None and evidence.spoken not in candidate.cells
    return _SPOKEN * spoken + sum(
        _name_apart(role, cells_in(name), candidate) for role, name in evidence.names
    )


def _name_apart(role: FunctionRole, named: frozenset[str], candidate: Candidate) -> float:
    if {"gru", "rnn"} <= named:
        return _NAMES[role] * (set(candidate.cells) != {"gru", "rnn"})
    if not named or named & set(candidate.cells):
        return 0.0
    return _NAMES[role] * (_PLAIN if named == {"rnn"} else 1)
