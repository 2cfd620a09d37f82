"""A page is small enough to be sent by mail, whatever there is to tell."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from typical import SAMPLES, sample

from pytest_deeprnn.core.settings import Language
from pytest_deeprnn.reporting.html_page.page import render

LARGEST = 100_000  # bytes beside the student's code


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", SAMPLES)
def test_it_is_below_100_kilobytes_beside_the_code(name: str, lang: Language) -> None:
    report = sample(name, lang).report
    diagnoses = tuple(replace(one, source=None) for one in report.diagnoses)
    page = render(replace(report, diagnoses=diagnoses), {}, lang)
    assert len(page.encode()) < LARGEST
