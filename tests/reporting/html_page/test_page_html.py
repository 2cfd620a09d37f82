"""The page as a document: whole, alone, small, and kind to eyes and aids."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, get_args

import pytest
from msgspec.structs import replace

from pytest_deeprnn.core.report import CheckResult, Example, Report, RoleFound, Status, Verdict
from pytest_deeprnn.reporting.html_page.page import render

if TYPE_CHECKING:
    from tests.reporting.html_page.conftest import Show

CSP = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
TEMPLATES = files("pytest_deeprnn.reporting.html_page") / "templates"
STYLE = (TEMPLATES / "style.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("verdict", get_args(Verdict))
def test_it_is_well_formed_with_one_heading_and_its_landmarks(
    show: Show, failing: Report, verdict: Verdict
) -> None:
    page = show(replace(failing, verdict=verdict))
    tags = [tag for tag, _ in page.tags]
    assert page.html.startswith("<!doctype html>\n")
    assert [tags.count(tag) for tag in ("h1", "header", "main", "footer", "title")] == [1] * 5
    assert page.attributes("html") == [{"lang": "en"}]


def test_headings_leave_out_no_level(show: Show, failing: Report) -> None:
    levels = [int(tag[1]) for tag, _ in show(failing).tags if re.fullmatch("h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_ids_are_unique_and_every_reference_has_its_aim(show: Show, failing: Report) -> None:
    attributes = [attrs for _, attrs in show(failing).tags]
    ids = [attrs["id"] for attrs in attributes if "id" in attrs]
    aims = {attrs["aria-labelledby"] for attrs in attributes if "aria-labelledby" in attrs}
    aims |= {a["href"][1:] for a in attributes if a.get("href", "").startswith("#")}
    assert len(ids) == len(set(ids))
    assert aims <= set(ids)


def test_it_asks_for_nothing_and_runs_nothing(show: Show, failing: Report) -> None:
    page = show(failing)
    names = {name for _, attrs in page.tags for name in attrs}
    links = [attrs["href"] for _, attrs in page.tags if "href" in attrs]
    policy = {"http-equiv": "Content-Security-Policy", "content": CSP}
    assert policy in page.attributes("meta")
    assert not {"src", "srcset", "action", "data", "poster"} & names
    assert not [name for name in names if name.startswith("on")]
    assert all(link.startswith(("#", "data:")) for link in links)
    assert not {"script", "iframe", "object", "form", "img"} & {tag for tag, _ in page.tags}
    assert not re.search(r"https?:|//\w|url\((?!#)|@import", page.html)


def test_tables_have_captions_scopes_and_a_box_to_scroll_in(show: Show, failing: Report) -> None:
    page = show(failing)
    tables = len(page.attributes("table"))
    boxes = [attrs for attrs in page.attributes("div") if attrs.get("class") == "scroll"]
    assert tables == len(page.all("caption")) == len(boxes) == 3
    assert all({"role", "tabindex", "aria-labelledby"} <= set(box) for box in boxes)
    assert {attrs.get("scope") for attrs in page.attributes("th")} == {"col", "row", "rowgroup"}


def test_a_large_report_stays_below_100_kilobytes(failing: Report, example: Example) -> None:
    check = CheckResult(
        id="output-values",
        status=Status.FAIL,
        points=0,
        max_points=1,
        message="Unit 4 of layer 2 differs from the reference at step 3. " * 3,
        example=example,
        blocked_by=("loads", "contract"),
    )
    role = RoleFound(path="params['layers'][3][11]", shape=(128, 64), role="layer 4, output, bias")
    large = replace(
        failing,
        checks=(check,) * 30,
        diagnoses=failing.diagnoses * 8,
        roles=(role,) * 150,
        notes=failing.notes * 20,
        output="epoch 1, perplexity 17.3 <tab>\n" * 50_000,
    )
    text = "x" * 1_000_000 + "\n" * 3 + "H = torch.tanh(X @ W_xh + H @ W_hh + b_h)\n" * 10
    assert len(render(large, {"kim_lena.py": text}).encode()) < 100_000


def test_the_style_sheet_is_there_whole(failing: Report) -> None:
    assert STYLE.strip() in render(failing, {})


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(scheme: str) -> None:
    colours = palette(scheme)
    grounds = {
        "ink": ("paper", "card", "next", "marked", "fail-bg", "error-bg"),
        "soft": ("paper", "card", "fail-bg", "error-bg", "marked"),
        "accent": ("paper", "card", "next", "fail-bg"),
        "fail": ("paper", "card", "fail-bg"),
        "error": ("paper", "card", "error-bg"),
    } | {status: ("paper", "card", f"{status}-bg") for status in ("pass", "blocked", "skipped")}
    weak = [
        (ink, ground)
        for ink, names in grounds.items()
        for ground in names
        if contrast(colours[ink], colours[ground]) < 4.5
    ]
    assert weak == []


def palette(scheme: str) -> dict[str, str]:
    """The colours of a scheme: the first block of the style sheet is light, the second dark."""
    block = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)[scheme == "dark"]
    return dict(re.findall(r"--([\w-]+): #([0-9a-f]{6});", block))


def contrast(one: str, other: str) -> float:
    """WCAG 2's contrast ratio of two colours."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
