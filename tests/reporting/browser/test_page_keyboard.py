"""Everything that can be folded, followed or scrolled is reached by Tab and shows the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typical import sample
from visiting import PHONE, Opened, Visit

if TYPE_CHECKING:
    from playwright.sync_api import FloatRect, Page

# the names are numbers, so that each stop of the keyboard can be told from the others
_NAME_STOPS = """() => {
    const scrolls = e => ['X', 'Y'].some(axis => {
        const [size, inner] = axis === 'X' ? [e.clientWidth, e.scrollWidth]
                                           : [e.clientHeight, e.scrollHeight];
        return ['auto', 'scroll'].includes(getComputedStyle(e)[`overflow${axis}`])
            && size > 0 && inner > size + 1;
    });
    const stops = [...document.body.querySelectorAll('*')].filter(
        e => e.matches('summary, a[href]') && e.checkVisibility() || scrolls(e));
    stops.forEach((e, number) => e.dataset.stop = number);
    return stops.map(e => e.outerHTML.slice(0, 120));
}"""
_FOCUSED = "() => document.activeElement?.dataset?.stop ?? null"
_AROUND = """() => {
    const box = document.activeElement.getBoundingClientRect();
    const edge = 6;
    const [left, top] = [Math.max(0, box.left - edge), Math.max(0, box.top - edge)];
    const [right, bottom] = [Math.min(innerWidth, box.right + edge),
                             Math.min(innerHeight, box.bottom + edge)];
    return {x: left, y: top, width: right - left, height: bottom - top};
}"""
_MOST = 100  # presses: far more than there are stops


def pressed(page: Page) -> list[str]:
    """The stops in the order in which Tab reaches them, until it leaves the page."""
    reached: list[str] = []
    for _ in range(_MOST):
        page.keyboard.press("Tab")
        stop = page.evaluate(_FOCUSED)
        if page.evaluate("() => document.activeElement === document.body") or stop in reached:
            return reached
        if stop is not None:
            reached.append(stop)
    raise AssertionError(f"Tab stays within the page: {reached}")


def missed(shown: Opened) -> list[str]:
    """The stops that Tab does not reach."""
    stops: list[str] = shown.page.evaluate(_NAME_STOPS)
    reached = pressed(shown.page)
    return [stop for number, stop in enumerate(stops) if str(number) not in reached]


def shown_focus(page: Page) -> dict[str, bool]:
    """The stops in Tab's order, and whether each looks different with the focus."""
    shown: dict[str, bool] = {}
    for number in range(_MOST):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement === document.body"):
            return shown
        stop = page.evaluate("() => document.activeElement.outerHTML.slice(0, 120)")
        shown[f"{number}: {stop}"] = not _looks_the_same(page)
    raise AssertionError(f"Tab stays within the page: {shown}")


def _looks_the_same(page: Page) -> bool:
    """Take the focus away and compare; Tab then goes on from the same place."""
    around: FloatRect = page.evaluate(_AROUND)
    with_focus = page.screenshot(clip=around)
    page.evaluate("() => document.activeElement.blur()")
    return page.screenshot(clip=around) == with_focus


@pytest.mark.parametrize("name", ["one-cause", "several", "gates"])
def test_tab_reaches_every_fold_link_and_box_that_scrolls(visit: Visit, name: str) -> None:
    shown = visit(sample(name).html, width=PHONE)
    shown.unfold()
    assert missed(shown) == []


def test_every_stop_shows_the_focus(visit: Visit) -> None:
    shown = visit(sample("one-cause").html, width=PHONE)
    shown.unfold()
    looks = shown_focus(shown.page)
    assert len(looks) > 10
    assert [stop for stop, seen in looks.items() if not seen] == []


def test_every_fold_opens_by_the_keyboard(visit: Visit) -> None:
    page = visit(sample("one-cause").html).page
    folds = page.locator("details:not([open]) > summary").all()
    assert folds
    for fold in reversed(folds):  # opening one must not change the number of those before it
        fold.focus()
        page.keyboard.press("Enter")
    assert page.locator("details:not([open])").count() == 0


def test_a_stop_that_is_missed_or_not_seen_would_be_found(visit: Visit) -> None:
    box = "<div style='overflow: auto; width: 50px; height: 20px' {}>long<br>longer<br>text</div>"
    shown = visit(
        "<!doctype html><style>:focus { outline: none }</style>"
        f"<body>{box.format('tabindex=-1')}{box.format('tabindex=0')}"
    )
    assert len(missed(shown)) == 1
    assert list(shown_focus(shown.page).values()) == [False]
