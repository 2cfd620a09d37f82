"""Printed, a page shows all that is folded on the screen, and nothing is cut off."""

from __future__ import annotations

import io
import unicodedata
from typing import TYPE_CHECKING

import pytest
from typical import sample
from visiting import Opened, Visit

from pytest_deeprnn.core.settings import Language

if TYPE_CHECKING:
    from playwright.sync_api import Page

_PAPER = 718  # CSS pixels between the margins of a sheet of A4, 1 cm each
# what scrolls on a screen is cut off on paper
_CUT_OFF = """() => [...document.body.querySelectorAll('*')].filter(e =>
    getComputedStyle(e).overflow !== 'visible' && e.textContent.trim()
    && !(e instanceof SVGElement) && e.clientWidth > 1
    && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)
).map(e => e.outerHTML.slice(0, 200))"""
_TOO_WIDE = """() => [...document.body.querySelectorAll('*')].filter(
    e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1
).map(e => e.outerHTML.slice(0, 200))"""
_FOLDED = """() => [...document.querySelectorAll('details > :not(summary)')].filter(e =>
    !e.checkVisibility({contentVisibilityAuto: true}) || !e.getBoundingClientRect().height
).map(e => e.outerHTML.slice(0, 200))"""
_LAST_SECTION = "() => [...document.querySelectorAll('section')].at(-1).innerText"


def on_paper(shown: Opened) -> Page:
    """The page as it is laid out for paper."""
    shown.page.emulate_media(media="print")
    shown.widen(_PAPER)
    return shown.page


def printed(page: Page) -> str:
    """The words of the PDF, without spaces: paper breaks lines elsewhere."""
    from pypdf import PdfReader  # may be missing, see conftest

    pdf = PdfReader(io.BytesIO(page.pdf(format="A4", print_background=True)))
    return _dense("".join(sheet.extract_text() for sheet in pdf.pages))


def _dense(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


@pytest.mark.parametrize("name", ["one-cause", "several", "gates", "right"])
def test_everything_folded_is_shown_and_nothing_is_cut_off(visit: Visit, name: str) -> None:
    page = on_paper(visit(sample(name).html))
    assert page.evaluate(_FOLDED) == []
    assert page.evaluate(_CUT_OFF) == []
    assert page.evaluate(_TOO_WIDE) == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_pdf_has_the_whole_last_section(visit: Visit, lang: Language) -> None:
    shown = visit(sample("one-cause", lang).html)
    text = printed(shown.page)
    shown.unfold()
    words: list[str] = shown.page.evaluate(_LAST_SECTION).split()
    assert len(words) > 50
    assert [word for word in words if _dense(word) not in text] == []


def test_a_fold_that_stays_shut_and_what_is_cut_off_would_be_found(visit: Visit) -> None:
    bad = (
        "<details><summary>s</summary><p>p</p></details>"
        "<pre style='overflow: auto; height: 10px'>1\n2\n3</pre>"
        "<div style='width: 2000px'>wide</div>"
    )
    page = on_paper(visit(f"<!doctype html><body>{bad}"))
    assert [len(page.evaluate(asked)) for asked in (_FOLDED, _CUT_OFF, _TOO_WIDE)] == [1, 1, 1]
