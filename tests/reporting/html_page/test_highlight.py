"""Python text in colours, and what stays plain."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from test_page_html import contrast, palette

from pytest_deeprnn.core.report import Report
from pytest_deeprnn.reporting.html_page.highlight import Piece, cut, highlighted, plain, written

if TYPE_CHECKING:
    from tests.reporting.html_page.conftest import Show

CODE = 'def f(x):\n    """Two\n    lines."""\n    return x + 1  # one\n'
KINDS = ("com", "str", "lit", "key", "def", "lib")


def kinds(text: str) -> list[list[tuple[str, str]]]:
    return [
        [(one.kind, one.text.strip()) for one in line if one.kind] for line in highlighted(text)
    ]


def test_tokens_have_their_kinds() -> None:
    first, *_, last, empty = kinds(CODE)
    assert first == [("key", "def"), ("def", "f")]
    assert last == [("key", "return"), ("lit", "1"), ("com", "# one")]
    assert empty == []


def test_a_docstring_over_several_lines_is_one_string() -> None:
    assert kinds(CODE)[1:3] == [[("str", '"""Two')], [("str", 'lines."""')]]


@pytest.mark.parametrize(
    "text",
    [CODE, "", "\n\n", "x = '\\\n'", "f'{x!r:>{w}}'", "\t\n \n", "a\\", '"""open', "# 中文 é"],
)
def test_no_character_is_lost(text: str) -> None:
    assert "\n".join(map(written, highlighted(text))) == text


@pytest.mark.parametrize("text", ["def f(x): return x ? 1 : 2", "def €", "def f\ufffe", "def \x1b"])
def test_what_is_no_python_stays_plain(text: str) -> None:
    assert highlighted(text) == (plain(text),)


def test_a_line_that_hides_something_stays_plain() -> None:
    first, second = highlighted("x = '\u202e'\ny = 'a'")
    assert first == plain("x = '\u202e'")
    assert second[-1] == Piece("str", "'a'")


@pytest.mark.parametrize("text", ["x = 1\n" * 20_000, "x = '" + "a" * 5000 + "'"])
def test_very_long_texts_stay_plain(text: str) -> None:
    assert {piece.kind for line in highlighted(text) for piece in line} == {""}


def test_a_cut_keeps_the_kinds() -> None:
    pieces = (Piece("key", "return "), Piece("", "x"), Piece("com", " # y"))
    assert cut(pieces, 3, 10) == (Piece("key", "urn "), Piece("", "x"), Piece("com", " #"))


def test_the_quote_is_coloured_and_reads_as_before(show: Show, failing: Report) -> None:
    page = show(
        failing, {"kim_lena.py": "def gru(X):\n    # one\n    for x in X:\n        y = '<b>'"}
    )
    coloured = {attrs.get("class") for attrs in page.attributes("span")} & set(KINDS)
    assert coloured == {"com", "key", "str"}
    (quoted,) = (text for text in page.all("pre") if "for x in X" in text)
    assert quoted.splitlines()[-1] == "4→    y = '<b>'"


def test_hostile_code_in_colours_is_text(show: Show, failing: Report) -> None:
    hostile = "H = '</span></code><script>alert(1)</script>'  # \"><img src=x onerror=alert(1)>"
    found = replace(failing.diagnoses[0], line=1)
    page = show(replace(failing, diagnoses=(found,)), {"kim_lena.py": hostile})
    assert not {"script", "img"} & {tag for tag, _ in page.tags}
    assert page.all("mark") == [f"1→{hostile}\n"]
    spans = [attrs for tag, attrs in page.tags if tag == "span"]
    assert {"com", "str"} <= {attrs.get("class") for attrs in spans}
    assert {name for attrs in spans for name in attrs} <= {"class", "title", "aria-hidden"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_code_stands_out_from_its_ground(scheme: str) -> None:
    colours = palette(scheme)
    weak = [
        (kind, ground)
        for kind in KINDS
        for ground in ("paper", "marked")
        if contrast(colours[kind], colours[ground]) < 4.5
    ]
    assert weak == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_numbers_stand_out_from_the_warmest_ground(scheme: str) -> None:
    colours = palette(scheme)
    assert contrast(colours["ink"], colours["plus"]) >= 4.5
    assert contrast(colours["ink"], colours["minus"]) >= 4.5


def test_every_kind_has_a_colour(failing: Report, show: Show) -> None:
    style = re.findall(r"\.(\w+) \{ color: var\(--(\w+)\)", show(failing).html)
    assert {name for name, colour in style if name == colour} >= set(KINDS)
