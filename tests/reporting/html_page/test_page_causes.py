"""The page shows a root cause with what follows from it, and says where not all is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from pytest_deeprnn.core.report import Report
from pytest_deeprnn.grading.disclosure import disclose

if TYPE_CHECKING:
    from tests.reporting.html_page.conftest import Show


@pytest.fixture
def linked(failing: Report) -> Report:
    """The second diagnosis follows from the first; a third stands by itself."""
    first, second = failing.diagnoses
    third = replace(second, code="state-init", message="Another fault.", line=3)
    following = replace(second, follows_from=1, line=2)
    return replace(failing, diagnoses=(first, following, third))


def test_a_consequence_stands_under_its_cause(show: Show, linked: Report) -> None:
    first, other = (" ".join(text.split()) for text in show(linked).all("article"))
    assert first.endswith(
        "This follows from it wrong-recurrence layer 2 update gate kim_lena.py, line 2 "
        "Layer 2 reads the state of layer 1."
    )
    assert "Another fault." in other
    assert "follows" not in other


def test_a_consequence_has_no_hint_of_its_own(show: Show, linked: Report) -> None:
    page = show(replace(linked, diagnoses=linked.diagnoses[:2]))
    assert "Use the layer's own previous state." not in page.text
    assert page.all("h2")[1] == "Root cause"


def test_a_consequence_is_told_in_chinese(show_zh: Show, linked: Report) -> None:
    following = replace(linked.diagnoses[1], message="有一层。\nIt is.", detail="It is.")
    page = show_zh(replace(linked, diagnoses=(linked.diagnoses[0], following)))
    (item,) = (text for text in page.all("li") if "wrong-recurrence" in text)
    assert item.split() == ["wrong-recurrence", "第", "2", "层", "更新门", *item.split()[5:]]
    assert [line.strip() for line in item.splitlines() if line.strip()][-2:] == [
        "有一层。",
        "It is.",
    ]
    assert "由此引起的问题" in page.text


def test_a_page_that_explains_says_nothing_of_it(show: Show, failing: Report) -> None:
    assert "This exercise" not in show(failing).text


def test_a_verdict_says_that_it_is_all(show: Show, failing: Report) -> None:
    page = show(disclose(failing, "verdict"))
    assert "tells only the verdict: which checks passed, and the points." in page.text
    assert "output-values ✕fail 0 / 15" in page.text
    assert "Start with the check “output-values”" in page.text
    assert not page.all("article")


def test_a_hint_shows_the_line_and_the_case_without_numbers(show: Show, failing: Report) -> None:
    page = show(disclose(failing, "hint"), {"kim_lena.py": "a\nb\nc\nH = R * H"})
    assert "gives only hints: where to look, not what was measured there." in page.text
    assert page.all("mark") == ["4→H = R * H\n"]
    assert "Give each layer its own H." in page.text
    assert "seed of the case 81" in page.text
    assert "0.418" not in page.text
    assert "Your parameters" not in page.text
