"""All units of a row beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from pytest_deeprnn.core.report import Example, Report
from pytest_deeprnn.reporting.html_page.heatmap import units

if TYPE_CHECKING:
    from tests.reporting.html_page.conftest import Page, Show

EXPECTED = (0.5, -0.25, 1.0, 0.75)
GOT = (0.5, -0.5, None, 1.0)


@pytest.fixture
def row(example: Example) -> Example:
    return replace(example, unit=2, expected_units=EXPECTED, got_units=GOT)


def shown(show: Show, failing: Report, example: Example) -> Page:
    check = replace(failing.checks[1], example=example)
    return show(replace(failing, checks=(check,)))


def test_each_unit_says_whether_it_is_too_high_or_too_low(row: Example) -> None:
    assert [unit.differs for unit in units(row)] == ["", "low", "odd", "high"]
    assert [unit.gap for unit in units(row)] == ["0", "−0.25", "", "+0.25"]
    assert [unit.first for unit in units(row)] == [False, True, False, False]


def test_the_warmth_is_a_share_of_the_largest_number(row: Example) -> None:
    assert [unit.expected.heat for unit in units(row)] == [50, -25, 100, 75]
    assert [unit.got.heat for unit in units(row)] == [50, -50, 0, 100]


def test_numbers_differ_as_the_check_compares_them(row: Example) -> None:
    close = replace(row, tolerance=0.1, expected_units=(9.0, 0.0), got_units=(9.9, 0.11))
    assert [unit.differs for unit in units(close)] == ["", "high"]


def test_units_are_counted_from_the_first_that_is_told(row: Example) -> None:
    assert [unit.number for unit in units(replace(row, first_unit=7))] == [7, 8, 9, 10]


def test_zeros_are_cold(row: Example) -> None:
    zeros = units(replace(row, expected_units=(0.0, 0.0), got_units=(0.0, None)))
    assert {unit.expected.heat for unit in zeros} == {0}


@pytest.mark.parametrize("expected", [(), (0.5,)])
def test_a_single_unit_needs_no_strip(row: Example, expected: tuple[float, ...]) -> None:
    assert units(replace(row, expected_units=expected, got_units=expected)) == ()


def test_the_page_tells_them_in_words_and_signs(show: Show, failing: Report, row: Example) -> None:
    text = shown(show, failing, row).text
    assert "unit 1 2 3 4 expected 0.5 −0.25 1 0.75 your code gave 0.5 −0.5 – 1" in text
    assert "difference = −0.25 ▼ too low ✕ no number +0.25 ▲ too high" in text


def test_the_strip_is_a_table_with_a_caption(show: Show, failing: Report, row: Example) -> None:
    page = shown(show, failing, row)
    assert any("All units at the same place" in caption for caption in page.all("caption"))
    assert [attrs["style"] for attrs in page.attributes("td") if "style" in attrs][:2] == [
        "--heat: 50%",
        "--heat: 25%",
    ]


def test_the_place_of_the_number_is_told(show: Show, failing: Report, row: Example) -> None:
    text = shown(show, failing, replace(row, place="new_state[1][0, 1]")).text
    assert "in what forward returned new_state[1][0, 1]" in text
