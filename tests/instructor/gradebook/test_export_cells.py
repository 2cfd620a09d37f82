"""No text of a student's becomes a formula in any spreadsheet, and numbers stay numbers."""

from __future__ import annotations

import csv
import io
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_deeprnn.instructor.gradebook.exports.cells import number, text

HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    "\u00a0=1",
    "\u3000=1",
    "\ufeff=1",
    "\u200b=1",
    "=1+1",
    "+1",
    "-1",
    "@x",
    "﹣1",
    "−1",
    '"=1',
    "'=1",
    "a;=1",
    "a,\t@x",
    "a\n=cmd|' /C calc'!A0",
]


def cells_anywhere(line: str) -> list[str]:
    """All cells that a spreadsheet with any separator may see in a line."""
    found = []
    for separator in ",;\t|":
        for record in csv.reader(io.StringIO(line), delimiter=separator):
            found += record
    return found


def is_formula(cell: str) -> bool:
    seen = cell.lstrip("\"'") if cell.startswith('"') else cell
    shown = "".join(one for one in seen if unicodedata.category(one) not in ("Cf", "Cc"))
    return bool(re.match(r"\s*[=+\-@]", unicodedata.normalize("NFKC", shown))) or (
        shown.lstrip().startswith("−")
    )


@pytest.mark.parametrize("value", HOSTILE)
def test_a_formula_is_made_harmless(value: str) -> None:
    held = io.StringIO()
    csv.writer(held).writerow(["first", text(value), "last"])
    assert not [cell for cell in cells_anywhere(held.getvalue()) if is_formula(cell)]


@given(st.text())
def test_no_text_is_a_formula(value: str) -> None:
    assert not is_formula(text(value))
    assert "\n" not in text(value)


@pytest.mark.parametrize(
    "value", ["Kim Lena", "李雷", "علي حسن", "Zoë O'Hara-Lee", "007", "a.b@example.org", "1-2"]
)
def test_names_and_ids_stay_as_they_are(value: str) -> None:
    assert text(value) == value


@pytest.mark.parametrize(
    ("value", "written"),
    [(17.0, "17"), (8.5, "8.5"), (100 / 3, "33.33"), (0.0, "0"), (-0.001, "0"), (1e6, "1000000")],
)
def test_numbers_are_short_and_stay_numbers(value: float, written: str) -> None:
    assert number(value) == written
    assert float(number(value)) == pytest.approx(value, abs=0.005)
