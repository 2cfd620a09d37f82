"""axe-core finds nothing on a page, whichever language, colour scheme and width."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typical import sample
from visiting import PHONE, WIDE, Opened, Scheme, Visit

from pytest_deeprnn.core.settings import Language

if TYPE_CHECKING:
    from playwright.sync_api import Page

# axe cannot tell a contrast before gradients, and the tables' only shade their edges
_PLAIN = "*, ::before, ::after { background-image: none !important; }"
_VIOLATIONS = """only => axe.run({
    ...(only ? {runOnly: only} : {}),
    preload: false, resultTypes: ['violations'], elementRef: false,
}).then(found => found.violations.flatMap(rule => rule.nodes.map(
    node => `${rule.id}: ${node.html.slice(0, 200)}: ${node.failureSummary}`)))"""
#: What colours alone can break; all other rules find the same in both schemes.
_OF_COLOURS = ["color-contrast", "link-in-text-block"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_with_most_on_it_has_no_violation(visit: Visit, lang: Language) -> None:
    page = _prepared(visit, "one-cause", lang)
    for width in (WIDE, PHONE):
        assert _violations(page, "light", width) == []
        assert _violations(page, "dark", width, _OF_COLOURS) == []


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("right", marks=pytest.mark.proof),
        "several",
        "unreadable",
        "unfinished",
        "error",
    ],
)
def test_other_pages_have_no_violation(visit: Visit, name: str) -> None:
    """Every verdict and status, where there is least room."""
    page = _prepared(visit, name, "en")
    assert _violations(page, "light", PHONE) == []
    assert _violations(page, "dark", PHONE, _OF_COLOURS) == []


def test_a_violation_would_be_found(visit: Visit) -> None:
    bad = "<body><p style='color: #bbb; background: #fff'>pale</p><img src='data:,'>"
    page = _with_axe(visit(f"<!doctype html><html>{bad}", bypass_csp=True))
    found = "\n".join(_violations(page, "light", WIDE))
    assert all(rule in found for rule in ("color-contrast", "html-has-lang", "image-alt"))


def _prepared(visit: Visit, name: str, lang: Language) -> Page:
    """A page with everything unfolded; axe is a script, which the page's own policy forbids."""
    shown = visit(sample(name, lang).html, bypass_csp=True)
    shown.page.add_style_tag(content=_PLAIN)
    shown.unfold()
    return _with_axe(shown)


def _with_axe(shown: Opened) -> Page:
    from axe_playwright_python.sync_playwright import Axe  # may be missing, see conftest

    shown.page.evaluate(Axe().axe_script)
    return shown.page


def _violations(page: Page, scheme: Scheme, width: int, only: list[str] | None = None) -> list[str]:
    """What axe says; without `only` of all its rules, the best practices too."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    found: list[str] = page.evaluate(_VIOLATIONS, only)
    return found
