"""On a phone nothing runs out of the window: what is wide scrolls in a box of its own."""

from __future__ import annotations

import pytest
from typical import SAMPLES, sample
from visiting import PHONE, WIDE, Opened, Visit

# a box that scrolls may hold what is wider than itself; one that cuts off may not
_OUTSIDE = """() => {
    const edge = document.documentElement.clientWidth + 1;
    const inBox = e => {
        for (let p = e.parentElement; p && p !== document.body; p = p.parentElement)
            if (['auto', 'scroll'].includes(getComputedStyle(p).overflowX)) return true;
        return false;
    };
    return [...document.body.querySelectorAll('*')].filter(e => {
        const box = e.getBoundingClientRect();
        return box.width && box.height && (box.right > edge || box.left < -1) && !inBox(e);
    }).map(e => e.outerHTML.slice(0, 200));
}"""
# one pixel is how text for screen readers alone is hidden
_CUT_OFF = """() => [...document.body.querySelectorAll('*')].filter(e =>
    ['hidden', 'clip'].includes(getComputedStyle(e).overflowX) && e.textContent.trim()
    && !(e instanceof SVGElement) && e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 1
).map(e => e.outerHTML.slice(0, 200))"""
_WORDS_OUTSIDE_DRAWINGS = """() => [...document.querySelectorAll('svg text')].filter(e => {
    const word = e.getBoundingClientRect();
    const whole = e.ownerSVGElement.getBoundingClientRect();
    return word.width && (word.left < whole.left - 1 || word.right > whole.right + 1
        || word.top < whole.top - 1 || word.bottom > whole.bottom + 1);
}).map(e => e.outerHTML.slice(0, 200))"""
_TOO_WIDE = """() => [document.documentElement, document.body].filter(
    e => e.scrollWidth > e.clientWidth).map(e => `${e.tagName} ${e.scrollWidth}`)"""


def overflow(shown: Opened) -> list[str]:
    """What is wider than the window, runs out of it, or is cut off."""
    asked = (_TOO_WIDE, _OUTSIDE, _CUT_OFF, _WORDS_OUTSIDE_DRAWINGS)
    return [found for question in asked for found in shown.page.evaluate(question)]


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_is_wider_than_a_phone(visit: Visit, name: str) -> None:
    shown = visit(sample(name).html, width=PHONE)
    assert overflow(shown) == []
    shown.unfold()
    assert overflow(shown) == []


def test_nothing_is_wider_than_a_phone_in_chinese(visit: Visit) -> None:
    shown = visit(sample("one-cause", "zh").html, width=PHONE)
    shown.unfold()
    assert overflow(shown) == []


@pytest.mark.parametrize("width", [480, 768, WIDE])
def test_nothing_is_wider_than_other_windows(visit: Visit, width: int) -> None:
    shown = visit(sample("one-cause").html, width=width)
    shown.unfold()
    assert overflow(shown) == []


@pytest.mark.parametrize(
    "bad",
    [
        "<div style='width: 400px; height: 1px'>x</div>",
        "<div style='overflow: hidden; width: 50px'><pre>long long long long</pre></div>",
        "<svg width=50 height=20><text x=20 y=10>long long long</text></svg>",
    ],
)
def test_what_runs_out_would_be_found(visit: Visit, bad: str) -> None:
    assert overflow(visit(f"<!doctype html><body>{bad}", width=PHONE))
