"""Numbers that were made up cannot keep the grader busy, nor make it fail."""

from __future__ import annotations

import time

import pytest
import torch

from pytest_deeprnn.core.sizes import Sizes
from pytest_deeprnn.measurement.alignment.budget import MANY, Budget
from pytest_deeprnn.measurement.alignment.errors import NotMeasurable
from pytest_deeprnn.measurement.alignment.preactivations import group
from pytest_deeprnn.measurement.alignment.sensitivities import measure
from pytest_deeprnn.measurement.calls.replies import Answer, Numbers, Slopes
from pytest_deeprnn.sandbox.protocol.messages import Leaf, Ran

SIZES = Sizes(vocab=5, hiddens=3, layers=1)


class Pretender:
    """Stands for a student whose numbers are made up."""

    def __init__(self, parameters: int, states: list[int], factor: float = 1.0) -> None:
        self._parameters = parameters
        self._states = states  # numbers of state that come back, call by call
        self._factor = factor

    def params(self, sizes: Sizes) -> Numbers:
        """So many parameters."""
        return _numbers(self._parameters)

    def state(self, sizes: Sizes) -> Numbers:
        """A state of H units."""
        return _numbers(sizes.hiddens)

    def jacobian(self, *given: object, numeric: bool = False) -> Slopes:
        """Effects that are all nearly alike."""
        new = self._states[0] if len(self._states) == 1 else self._states.pop(0)
        rows = SIZES.vocab + new
        generator = torch.Generator().manual_seed(0)
        column = torch.randn(rows, 1, generator=generator, dtype=torch.float64)
        columns = self._parameters + SIZES.hiddens
        matrix = self._factor * column * torch.linspace(1, 2, columns, dtype=torch.float64)
        direction = torch.cos(torch.arange(1, columns + 1, dtype=torch.float64))
        values = torch.arange(1.0, rows + 1, dtype=torch.float64)
        ran = Ran(
            values=2,
            outputs_container="Tensor",
            outputs=(),
            state_container="Tensor",
            state=(),
            gradients=None,
            gradient_error=None,
        )
        answer = Answer(ran, (values[: SIZES.vocab],), (values[SIZES.vocab :],), None)
        return Slopes(answer, matrix, matrix @ direction)


def _numbers(count: int) -> Numbers:
    leaf = Leaf(path="", kind="tensor", shape=(count,), dtype="float64", strides=(1,))
    return Numbers("", "Tensor", (leaf,), (leaf,), (torch.zeros(count, dtype=torch.float64),))


def measured(student: Pretender) -> object:
    """What measuring comes to."""
    return measure(student, SIZES, torch.Generator().manual_seed(0))  # type: ignore[arg-type]  # as much of a student as is asked for


def test_grouping_ends_when_patience_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pytest_deeprnn.measurement.alignment.budget.SECONDS", 0.2)
    prints = measured(Pretender(4000, [3]))
    start = time.thread_time()
    with pytest.raises(NotMeasurable, match="in time"):
        group(prints)  # type: ignore[arg-type]  # sensitivities
    assert time.thread_time() - start < 10


def test_states_of_other_shapes_from_call_to_call_are_told() -> None:
    with pytest.raises(NotMeasurable, match="other shapes from one call to the next"):
        measured(Pretender(4, [3, 3, 2, *[3] * 20]))


def test_very_many_results_are_not_read() -> None:
    with pytest.raises(NotMeasurable, match="forward gives 5005 numbers"):
        measured(Pretender(4, [5000]))


@pytest.mark.parametrize("factor", [1e100, float("inf"), float("nan")])
def test_numbers_without_measure_are_not_read(factor: float) -> None:
    with pytest.raises(NotMeasurable, match="infinite values or NaN"):
        measured(Pretender(4, [3], factor))


def test_patience_has_an_end_for_items_as_well() -> None:
    budget = Budget()
    budget.spend(MANY)
    with pytest.raises(NotMeasurable):
        budget.spend(MANY + 1)
