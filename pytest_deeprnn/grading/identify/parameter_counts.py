"""How many numbers a network is made of, and which layers would need as many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch

from pytest_deeprnn.core.sizes import Sizes
from pytest_deeprnn.measurement.alignment.cells import GATES, Cell
from pytest_deeprnn.measurement.calls.replies import Numbers
from pytest_deeprnn.measurement.calls.runner import StudentLost, StudentRaised, SubmissionRunner

#: Pairs of V and H at which a polynomial in V·H, H², H, V and 1 is known by its values.
_PAIRS = ((5, 3), (7, 3), (5, 4), (7, 4), (6, 5))
_TOO_MANY = 2.0  # states that no fault explains; too few come of one state for all layers
_ALONE = 0.4  # states say less where the parameters are not known
_BIAS = 0.25  # biases may be left out, or be two


@dataclass(frozen=True)
class Counts:
    """How the numbers of parameters and of state units grow, each None where it is not known.

    Parameters are `inputs`·V·H + `squares`·H² + `units`·H + …, state units of one row `states`·H.
    """

    inputs: int | None = None
    squares: int | None = None
    units: int | None = None
    states: int | None = None

    @property
    def known(self) -> bool:
        """Whether anything is."""
        return self.squares is not None or self.states is not None

    @property
    def what(self) -> str:
        """What was counted, in words."""
        known = {"parameters": self.squares, "state units": self.states}
        return " and ".join(name for name, number in known.items() if number is not None)


def count(student: SubmissionRunner, depth: int) -> Counts:
    """Count at several sizes what get_params and init_state make."""
    params = [_params(student, _sizes(pair, depth)) for pair in _PAIRS]
    states = [_states(student, _sizes(pair, depth)) for pair in (_PAIRS[0], _PAIRS[2])]
    inputs, squares, units = _growth(params)
    return Counts(inputs, squares, units, _rise(states))


def ignores_layers(student: SubmissionRunner, depth: int) -> bool:
    """Whether parameters and state are as many with more layers asked for."""
    fewer, more = _sizes(_PAIRS[0], depth), _sizes(_PAIRS[0], depth + 1)
    counted = [(of(student, fewer), of(student, more)) for of in (_params, _states)]
    return all(before and before == after for before, after in counted)


def expected(cells: Sequence[Cell]) -> Counts:
    """What layers of these cells need, with one bias a gate."""
    gates = [len(GATES[cell]) for cell in cells]
    return Counts(
        inputs=gates[0] + 1,  # and the output layer
        squares=gates[0] + 2 * sum(gates[1:]),
        units=sum(gates),
        states=len(cells) + sum(cell == "lstm" for cell in cells),
    )


def distance(counted: Counts, cells: Sequence[Cell]) -> float:
    """How far the counts are from those of these cells; 0 where they say nothing against them."""
    needed = expected(cells)
    states = _states_apart(counted.states, needed.states or 0)
    return _parameters_apart(counted, needed) + (_ALONE if counted.squares is None else 1) * states


def _parameters_apart(counted: Counts, needed: Counts) -> float:
    apart = 0.0
    if counted.inputs is not None:
        apart += abs(counted.inputs - (needed.inputs or 0))
    if counted.squares is not None:
        apart += abs(counted.squares - (needed.squares or 0))
    if counted.units is not None:
        apart += _BIAS * min(abs(counted.units - n * (needed.units or 0)) for n in (1, 2))
    return apart


def _states_apart(counted: int | None, needed: int) -> float:
    if counted is None:
        return 0.0
    return _TOO_MANY * (counted - needed) if counted > needed else float(needed - counted)


def _sizes(pair: tuple[int, int], depth: int) -> Sizes:
    return Sizes(vocab=pair[0], hiddens=pair[1], layers=depth)


def _params(student: SubmissionRunner, sizes: Sizes) -> int | None:
    return None if student.contract.get_params is None else _made(student.params, sizes)


def _states(student: SubmissionRunner, sizes: Sizes) -> int | None:
    return None if student.contract.init_state is None else _made(student.state, sizes)


def _made(make: Callable[[Sizes], Numbers], sizes: Sizes) -> int | None:
    """How many numbers come of a call, None where it raises."""
    try:
        return sum(value.numel() for value in make(sizes).values)
    except (StudentRaised, StudentLost):
        return None


def _growth(counts: list[int | None]) -> tuple[int | None, int | None, int | None]:
    """The factors of V·H, H² and H; None where they do not follow the sizes."""
    if None in counts:
        return None, None, None
    terms = torch.tensor([[v * h, h * h, h, v, 1] for v, h in _PAIRS], dtype=torch.float64)
    factors = torch.linalg.solve(terms, torch.tensor(counts, dtype=torch.float64))
    inputs, squares, units = (round(float(factor)) for factor in factors[:3])
    if squares <= 0 or bool((factors - factors.round()).abs().max() > 1e-3):
        return None, None, None
    return (inputs, squares, units) if inputs > 0 else (None, squares, None)


def _rise(states: list[int | None]) -> int | None:
    """By how many state units a wider layer has more."""
    fewer, more = states
    if fewer is None or more is None or more <= fewer:
        return None
    return more - fewer
