"""A page opens from a file, alone and silent."""

from __future__ import annotations

import pytest
from typical import SAMPLES, sample
from visiting import Visit

from pytest_deeprnn.core.settings import Language

EVERY = [(name, "en") for name in SAMPLES] + [(name, "zh") for name in ("right", "one-cause")]


@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_it_asks_for_nothing_but_itself_and_says_nothing(
    visit: Visit, name: str, lang: Language
) -> None:
    shown = visit(sample(name, lang).html)
    shown.unfold()
    shown.page.wait_for_load_state("networkidle")
    assert shown.asked == [shown.page.url]
    assert shown.said == []


def test_what_a_page_says_and_asks_for_would_be_noticed(visit: Visit) -> None:
    bad = "<img src='other.png'><script>console.warn('w'); alert('d'); throw Error('e')</script>"
    shown = visit(f"<!doctype html><title>bad</title>{bad}")
    assert any(url.endswith("other.png") for url in shown.asked)
    told = "\n".join(shown.said)
    assert all(word in told for word in ("warning: w", "dialog: d", "error: e"))
