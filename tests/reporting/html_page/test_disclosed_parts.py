"""What an exercise does not tell of a case is not in the report's data."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pytest_deeprnn.core.report import Drawn, Example, Feedback, FrameTold, Report, to_json
from pytest_deeprnn.grading.disclosure import disclose

DRAWN = Drawn(params_scale=0.25, state_scale=0.5, dtype="float64", tracked=True)


@pytest.fixture
def full(failing: Report, example: Example) -> Report:
    case = replace(
        example,
        place="new_state[7]",
        first_unit=77,
        expected_units=(0.125,),
        got_units=(0.0625,),
        drawn=DRAWN,
    )
    frame = FrameTold(file="frame-file", line=3, function="frame-function")
    check = replace(failing.checks[1], example=case, frames=(frame,), left_out=55)
    return replace(failing, checks=(check,))


@pytest.mark.parametrize("feedback", ["verdict", "hint"])
def test_neither_units_nor_place_nor_traceback_are_told(full: Report, feedback: Feedback) -> None:
    told = to_json(disclose(full, feedback))
    assert not [
        word
        for word in ("new_state[7]", "77", "0.125", "0.0625", "frame-")
        if word.encode() in told
    ]


def test_a_hint_keeps_the_case_so_that_it_can_be_tried_again(full: Report) -> None:
    (check,) = disclose(full, "hint").checks
    assert check.example is not None
    assert check.example.drawn == DRAWN


def test_a_verdict_keeps_nothing_of_the_case(full: Report) -> None:
    (check,) = disclose(full, "verdict").checks
    assert (check.example, check.left_out) == (None, 0)
