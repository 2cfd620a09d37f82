"""A page takes the colour scheme that the learner prefers, and is black on white on paper."""

from __future__ import annotations

import pytest
from typical import sample
from visiting import Scheme, Visit

# WCAG 2's relative luminance of what is painted behind and in each element that is not small
_GROUNDS = """() => {
    const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
    const luminance = colour => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const [r, g, b, alpha] = canvas.getImageData(0, 0, 1, 1).data;
        const part = c => c <= .04045 * 255 ? c / 255 / 12.92 : ((c / 255 + .055) / 1.055) ** 2.4;
        return alpha < 250 ? null : .2126 * part(r) + .7152 * part(g) + .0722 * part(b);
    };
    return [document.body, ...document.body.querySelectorAll('*')]
        .filter(e => e.getBoundingClientRect().width > 100 && e.getBoundingClientRect().height > 20)
        .map(e => luminance(getComputedStyle(e).backgroundColor))
        .filter(value => value !== null);
}"""


@pytest.mark.parametrize("name", ["one-cause", "right", "error"])
@pytest.mark.parametrize(("scheme", "low", "high"), [("light", 0.7, 1.0), ("dark", 0.0, 0.1)])
def test_every_ground_is_of_the_scheme(
    visit: Visit, name: str, scheme: Scheme, low: float, high: float
) -> None:
    shown = visit(sample(name).html, scheme=scheme)
    shown.unfold()
    grounds: list[float] = shown.page.evaluate(_GROUNDS)
    assert len(grounds) > 2
    assert [one for one in grounds if not low <= one <= high] == []


def test_paper_is_white_for_who_prefers_dark_screens(visit: Visit) -> None:
    shown = visit(sample("one-cause").html, scheme="dark")
    shown.page.emulate_media(media="print", color_scheme="dark")
    assert min(shown.page.evaluate(_GROUNDS)) > 0.7
