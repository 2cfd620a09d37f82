"""What a student writes, prints or names stays text, even where no policy forbids scripts."""

from __future__ import annotations

from collections import Counter
from enum import Enum
from typing import Any

import msgspec
import pytest
from msgspec.structs import fields, replace
from typical import Sample, sample
from visiting import Visit

NASTY = (
    "</title></style></pre></textarea></svg><script>pwned = 1; alert(1)</script>"
    "<img src=//x onerror=alert(2)><svg onload=alert(3)><style>* { display: none }</style>"
    "<a href='javascript:alert(4)'>go</a><iframe srcdoc='<script>alert(5)</script>'></iframe>"
    "<details open ontoggle=alert(6)>\" autofocus onfocus=alert(7) x=\"' onfocus='alert(8)"
    "<meta http-equiv=refresh content='0;url=//x'><base href=//x> javascript:alert(9) --> ]]>"
    " {{ 7 * 7 }} &#60;script&#62; \u202e\u2066\u200f\u202d evil \u2069\u202c \u200b\ufeff"
)
_ELEMENTS = """() => [...document.querySelectorAll('*')].map(e => e.tagName.toLowerCase())"""
_ACTING = """() => [...document.querySelectorAll('*')].flatMap(e => [...e.attributes]
    .filter(a => a.name.startsWith('on') || a.name === 'autofocus' || a.name === 'srcdoc'
        || /^[\\s\\0]*javascript:/i.test(a.value))
    .map(a => `${e.tagName} ${a.name}=${a.value}`))"""
_BIDI = "() => document.documentElement.textContent.match(/[\\u202a-\\u202e\\u2066-\\u2069]/g)"


def filled(shown: Sample, word: str) -> Sample:
    """The same page with a word added to every text of the report and every line of the code."""
    lines = (f"{line}  # {word}" for line in shown.source.split("\n"))
    return Sample(_added(shown.report, word), "\n".join(lines), shown.lang)


def _added(value: Any, word: str) -> Any:
    """Add a word to all texts but those of a fixed set, which choose a form of the page."""
    match value:
        case Enum():
            return value
        case str():
            return f"{value}{word}"
        case tuple():
            return tuple(_added(one, word) for one in value)
        case dict():
            return {key: _added(one, word) for key, one in value.items()}
        case msgspec.Struct():
            free = (field for field in fields(value) if "Literal" not in str(field.type))
            texts = {field.name: _added(getattr(value, field.name), word) for field in free}
            return replace(value, **texts)
    return value


@pytest.mark.parametrize("bypass_csp", [False, True], ids=["policy", "no-policy"])
@pytest.mark.parametrize("name", ["one-cause", "several", "error"])
def test_hostile_text_makes_no_element_and_does_nothing(
    visit: Visit, name: str, bypass_csp: bool
) -> None:
    bad = visit(filled(sample(name), NASTY).html, bypass_csp=bypass_csp)
    bad.unfold()
    assert bad.said == []
    assert bad.asked == [bad.page.url]
    assert bad.page.evaluate("() => window.pwned") is None
    assert bad.page.evaluate(_ACTING) == []
    assert bad.page.evaluate(_BIDI) is None
    good = visit(filled(sample(name), "~" * len(NASTY)).html)
    assert _elements(bad.page.evaluate(_ELEMENTS)) == _elements(good.page.evaluate(_ELEMENTS))


def _elements(tags: list[str]) -> Counter[str]:
    """How many there are of each; the colours of code are spans, as many as it has words."""
    return Counter(tag for tag in tags if tag != "span")


def test_hostile_text_can_be_read(visit: Visit) -> None:
    page = visit(filled(sample("one-cause"), NASTY).html).page
    text: str = page.locator("body").inner_text()
    assert text.count("<script>pwned = 1; alert(1)</script>") > 10
    assert "<svg onload=alert(3)>" in page.title()


def test_a_script_that_runs_would_be_noticed(visit: Visit) -> None:
    staying = NASTY.replace("<meta", "<i")  # else the page is left before it can be asked
    bad = visit(f"<!doctype html><title>t</title><body>{staying}", bypass_csp=True)
    assert bad.page.evaluate("() => window.pwned") == 1
    assert bad.page.evaluate(_ACTING)
    assert any(told.startswith("dialog") for told in bad.said)
