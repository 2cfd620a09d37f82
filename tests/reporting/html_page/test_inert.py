"""Nothing that a student can put into a report acts on the page."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from itertools import count
from types import UnionType
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin, get_type_hints

import msgspec
import pytest
from jinja2 import UndefinedError
from msgspec.structs import replace

from pytest_deeprnn.core.report import Report, Status, Verdict
from pytest_deeprnn.reporting.html_page.excerpt import source_key
from pytest_deeprnn.reporting.html_page.page import _environment, render

if TYPE_CHECKING:
    from tests.reporting.html_page.conftest import Show

NASTY = (
    "</title></style></pre></textarea><script>alert(1)</script><img src=x onerror=alert(1)>"
    "\" onmouseover=\"x ' onfocus='x `x --> ]]> &lt;b&gt; {{ 7 * 7 }} {% raw %} %(x)s %"
    " <!-- <![CDATA[ <svg/onload=alert(1)> javascript:alert(1) &#x3c;i&#x3e; </p></td></body>"
    " \x1b[31m \x1b]8;;x\x07 \u202a\u202b\u202c\u202d\u202e \u2066\u2067\u2068\u2069 \x00\x9b\udcff"
    " \u200e\u200f\u061c \u200b\ufeff \u2028\u2029\x85 \ufffe \U000e0041"
)
Word = Callable[[int], str]
all_statuses = pytest.mark.parametrize("status", list(Status))
all_verdicts = pytest.mark.parametrize("verdict", get_args(Verdict))


def harmless(number: int) -> str:
    return f"word{number}end"


def hostile(number: int) -> str:
    return f"\"'>{harmless(number)}{NASTY}"


def build(hint: Any, texts: Iterator[str], fixed: dict[Any, Any]) -> Any:
    """Make a value of a type that leaves nothing out and takes every string from `texts`."""
    inner = [part for part in get_args(hint) if part not in (None, type(None), Ellipsis)]
    match get_origin(hint):
        case _ if hint in fixed:
            return fixed[hint]
        case None if hint is str:
            return next(texts)
        case None if issubclass(hint, msgspec.Struct):
            fields = get_type_hints(hint)
            return hint(**{name: build(fields[name], texts, fixed) for name in fields})
        case None if hint in (int, float, bool):
            return hint(1)
        case origin if origin is UnionType:
            return build(inner[0], texts, fixed)
        case origin if origin is Literal:
            return inner[0]
        case origin if origin is tuple:
            return tuple(build(inner[0], texts, fixed) for _ in range(2))
        case origin if origin is dict and Any in inner:
            return {}  # data for programs, which no page shows
        case origin if origin is dict:
            return {build(inner[0], texts, fixed): build(inner[1], texts, fixed) for _ in range(2)}
    raise TypeError(f"a new kind of field in the report: {hint}")


def filled(word: Word, status: Status, verdict: Verdict) -> tuple[Report, int]:
    """A report full of `word`, and how many there are."""
    numbers = count()
    texts = (word(number) for number in numbers)
    report: Report = build(Report, texts, {Status: status, Verdict: verdict})
    diagnoses = tuple(
        replace(one, message=f"{one.message} {one.detail}", follows_from=None)
        for one in report.diagnoses
    )
    return replace(report, diagnoses=diagnoses), next(numbers)


def under_the_first(report: Report) -> Report:
    """The same diagnoses, those after the first as its consequences."""
    first, *others = report.diagnoses
    following = (replace(one, follows_from=1) for one in others)
    return replace(report, diagnoses=(first, *following))


def sources_of(report: Report, text: str) -> dict[str, str]:
    return {source_key(d.file or "", d.cell): text for d in report.diagnoses}


@all_statuses
@all_verdicts
def test_hostile_text_adds_no_element_and_no_attribute(
    show: Show, status: Status, verdict: Verdict
) -> None:
    good, _ = filled(harmless, status, verdict)
    bad, _ = filled(hostile, status, verdict)
    assert show(bad).structure == show(good).structure


@all_statuses
@all_verdicts
def test_hostile_text_adds_nothing_to_the_chinese_page(
    show_zh: Show, status: Status, verdict: Verdict
) -> None:
    good, _ = filled(harmless, status, verdict)
    bad, _ = filled(hostile, status, verdict)
    assert show_zh(bad).structure == show_zh(good).structure


def test_a_hostile_consequence_adds_no_element_and_no_attribute(show: Show) -> None:
    good, _ = filled(harmless, Status.FAIL, "fail")
    bad, _ = filled(hostile, Status.FAIL, "fail")
    assert len(show(under_the_first(bad)).all("article")) == 1
    assert show(under_the_first(bad)).structure == show(under_the_first(good)).structure


def test_hostile_source_adds_no_element_and_no_attribute(show: Show) -> None:
    good, _ = filled(harmless, Status.FAIL, "fail")
    bad, _ = filled(hostile, Status.FAIL, "fail")
    quoted = show(bad, sources_of(bad, NASTY))
    assert quoted.structure == show(good, sources_of(good, "x")).structure
    assert len([line for line in quoted.all("mark") if "alert(1)" in line]) == 2


@all_statuses
@all_verdicts
def test_every_text_of_the_report_is_on_the_page(
    show: Show, status: Status, verdict: Verdict
) -> None:
    report, total = filled(harmless, status, verdict)
    text = show(report).text
    assert total > 30
    assert [n for n in range(total) if harmless(n) not in text] == []


def test_hostile_texts_are_readable_on_the_page(show: Show) -> None:
    report, total = filled(hostile, Status.FAIL, "fail")
    text = show(report).text
    assert [n for n in range(total) if harmless(n) not in text] == []
    assert "<script>alert(1)</script>" in text
    assert "⟨ESC⟩[31m" in text
    assert "⟨U+202E⟩" in text
    assert "49" not in text.replace("word49end", "")


@all_verdicts
def test_no_character_of_the_page_acts(verdict: Verdict) -> None:
    report, _ = filled(hostile, Status.FAIL, verdict)
    html = render(report, sources_of(report, NASTY))
    acting = {c for c in html if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
    assert acting == {"\n"}
    html.encode("utf-8")


def test_long_output_is_inert_at_both_ends(show: Show) -> None:
    good, _ = filled(harmless, Status.FAIL, "fail")
    long = msgspec.structs.replace(good, output=NASTY * 1000)
    plain = msgspec.structs.replace(good, output="x" * 100_000)
    assert show(long).structure == show(plain).structure


@pytest.mark.parametrize(
    "template",
    [
        "{{ x }}",
        "<i title='{{ x }}'></i>",
        "{{ x | safe }}",
        "{{ [x, x] | join(',') }}",
        "{{ '%s' | format(x) }}",
        "{% trans x=x %}a {{ x }}{% endtrans %}",
        "{% trans n=2, x=x %}{{ x }}{% pluralize n %}{{ x }} {{ n }}{% endtrans %}",
        "{% filter upper %}{{ x }}{% endfilter %}",
        "{% macro m(y) %}{{ y }}{{ caller() }}{% endmacro %}{% call m(x) %}{{ x }}{% endcall %}",
        "{% set y %}{{ x }}{% endset %}{{ y }}",
    ],
)
def test_no_way_of_writing_a_value_gets_round_the_placeholders(template: str) -> None:
    written = _environment("en").from_string(template).render(x="\x1b\u202e")
    assert "⟨ESC⟩⟨U+202E⟩" in written
    assert not {"\x1b", "\u202e"} & set(written)


def test_every_template_escapes_and_knows_all_its_names() -> None:
    environment = _environment("en")
    assert environment.autoescape is True
    assert environment.from_string("{{ x }}").render(x="<b>") == "&lt;b&gt;"
    with pytest.raises(UndefinedError):
        environment.from_string("{{ y }}").render(x="")
