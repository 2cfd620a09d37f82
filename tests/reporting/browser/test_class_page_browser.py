"""The class page in a real browser: it searches, sorts and filters, and all can read it."""

from __future__ import annotations

import io
import time
import unicodedata
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
from class_rows import ROWS, row
from test_page_axe import _PLAIN, _violations, _with_axe
from test_page_phone import overflow
from test_page_print import _CUT_OFF, _TOO_WIDE, on_paper
from visiting import PHONE, WIDE, Visit

from pytest_deeprnn.core.exercise import CheckId
from pytest_deeprnn.core.report import Status
from pytest_deeprnn.core.settings import Language
from pytest_deeprnn.instructor.gradebook.class_page import write
from pytest_deeprnn.instructor.gradebook.entry import Before, Row

if TYPE_CHECKING:
    from playwright.sync_api import Browser


_NAMES = """() => [...document.querySelectorAll('#rows tbody tr:not([hidden]) a')]
    .map(e => e.textContent)"""
_WAITING = "() => document.querySelectorAll('#rows tbody tr:not(.laid)').length"
#: Where words of an element stand: the browser writes a line in the order of its scripts.
_LEFT_OF = """([selector, words]) => {
    const within = document.querySelector(selector);
    const walk = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
    const found = {};
    for (let node = walk.nextNode(); node; node = walk.nextNode())
        for (const word of words) {
            const at = node.data.indexOf(word);
            if (at < 0) continue;
            const range = new Range();
            range.setStart(node, at);
            range.setEnd(node, at + word.length);
            found[word] = range.getBoundingClientRect().left;
        }
    return words.map(word => found[word]);
}"""
_LANDSCAPE = 1031  # CSS pixels between the margins of a sheet of A4 on its side, 12 mm each


def html(
    folder: Path, rows: tuple[Row, ...] = ROWS, lang: Language = "en", anonymous: bool = False
) -> str:
    write(folder / "index.html", lambda: iter(rows), "Deep GRU", lang, anonymous)
    return (folder / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("lang", "anonymous"), [("en", False), ("zh", False), ("en", True)])
def test_axe_finds_nothing(visit: Visit, tmp_path: Path, lang: Language, anonymous: bool) -> None:
    shown = visit(html(tmp_path, lang=lang, anonymous=anonymous), bypass_csp=True)
    shown.page.add_style_tag(content=_PLAIN)
    shown.unfold()
    page = _with_axe(shown)
    for width in (WIDE, PHONE):
        assert _violations(page, "light", width) == []
        assert _violations(page, "dark", width) == []


def test_search_filter_and_sort(visit: Visit, tmp_path: Path) -> None:
    shown = visit(html(tmp_path))
    page = shown.page
    page.get_by_label("Search").fill("王")
    assert page.evaluate(_NAMES) == ["王小明"]
    page.get_by_label("Search").fill("")
    page.get_by_label("Result").select_option("error")
    assert page.evaluate(_NAMES) == ["Evelyn"]
    page.get_by_label("Result").select_option("")
    page.locator("#tools select").nth(1).select_option("wrong-cell")
    assert len(page.evaluate(_NAMES)) == 1
    page.locator("#tools select").nth(1).select_option("")
    page.get_by_role("button", name="Points").click()
    assert page.evaluate(_NAMES)[0] == "Bob"
    page.get_by_role("button", name="Points").press("Enter")
    assert page.evaluate(_NAMES)[0] == "Ann"
    assert page.locator("th[aria-sort=descending]").inner_text().strip() == "Points"
    assert shown.said == []
    assert len(shown.asked) == 1


def test_no_grade_is_last_whichever_way_and_zero_is_a_grade(visit: Visit, tmp_path: Path) -> None:
    rows = (row("None", 0, verdict="error"), row("Zero", 0), row("Some", 60))
    page = visit(html(tmp_path, rows)).page
    button = page.get_by_role("button", name="Points")
    button.click()
    assert page.evaluate(_NAMES) == ["Zero", "Some", "None"]
    button.click()
    assert page.evaluate(_NAMES) == ["Some", "Zero", "None"]


def test_a_check_sorts_who_failed_it_first(visit: Visit, tmp_path: Path) -> None:
    found = {"Right": Status.PASS, "Blocked": Status.BLOCKED, "Wrong": Status.FAIL}
    rows = tuple(row(name, 35, checks={"pure": status}) for name, status in found.items())
    page = visit(html(tmp_path, rows)).page
    page.get_by_role("button", name="pure").click()
    assert page.evaluate(_NAMES) == ["Wrong", "Blocked", "Right"]


def test_search_finds_letters_without_their_accents(visit: Visit, tmp_path: Path) -> None:
    composed, apart = unicodedata.normalize("NFC", "Zoé"), unicodedata.normalize("NFD", "Chloé")
    page = visit(html(tmp_path, (row(composed, 1), row(apart, 1), row("Zola", 1)))).page
    page.get_by_label("Search").fill("OE")
    assert page.evaluate(_NAMES) == [composed, apart]
    page.get_by_label("Search").fill(unicodedata.normalize("NFC", "chloé"))
    assert page.evaluate(_NAMES) == [apart]


def test_a_name_from_right_to_left_turns_no_numbers_round(visit: Visit, tmp_path: Path) -> None:
    one = row("שרה", 35, before=Before(score=80, max_score=100, why=("submission",)))
    page = visit(html(tmp_path, (one,))).page
    name, before, after = page.evaluate(_LEFT_OF, ["#changed ~ ul li", ["שרה", "80", "35"]])
    assert name < before < after


def test_in_time_a_screen_reader_finds_all_rows(visit: Visit, tmp_path: Path) -> None:
    """What is out of sight is laid out later; until then Chromium hides it from them."""
    page = visit(html(tmp_path, tuple(row(f"S{number}", 35) for number in range(300)))).page
    page.get_by_role("button", name="Points").click()
    until = time.monotonic() + 60
    while page.evaluate(_WAITING) and time.monotonic() < until:
        page.wait_for_timeout(100)
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    told = Counter(node["role"]["value"] for node in nodes)
    assert told["rowheader"] == 300
    assert told["columnheader"] == 7
    assert told["cell"] == 300 * 6


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_all_is_there_without_scripts(browser: Browser, tmp_path: Path, lang: Language) -> None:
    html(tmp_path, ROWS, lang)
    context = browser.new_context(java_script_enabled=False, viewport={"width": WIDE, "height": 99})
    page = context.new_page()
    page.goto((tmp_path / "index.html").as_uri())
    links = page.locator("#rows tbody a")
    assert [one.is_visible() for one in links.all()] == [True] * len(ROWS)
    assert [one.split()[0] for one in links.all_inner_texts()][:3] == ["Ann", "Bob", "王小明"]
    assert page.locator("button, input, select").count() == 0
    context.close()


@pytest.mark.parametrize("width", [PHONE, 768, 1100, WIDE])
def test_nothing_runs_out_of_the_window(visit: Visit, tmp_path: Path, width: int) -> None:
    checks = dict.fromkeys(get_args(CheckId), Status.PASS)
    rows = (*ROWS, row("x" * 200, 35, checks=checks), row("Ole", 35, checks=checks))
    shown = visit(html(tmp_path, rows), width=width)
    shown.unfold()
    assert overflow(shown) == []


def test_two_thousand_rows_are_quick(visit: Visit, tmp_path: Path) -> None:
    checks = dict.fromkeys(get_args(CheckId), Status.PASS)
    many = tuple(row(f"Student {n}", n % 101, checks=checks) for n in range(2000))
    shown = visit(html(tmp_path, many))
    took: list[float] = shown.page.evaluate(
        """() => {
            const begin = performance.now();
            const field = document.querySelector('input');
            field.value = '77';
            field.dispatchEvent(new Event('input'));
            document.body.offsetHeight;
            const between = performance.now();
            field.value = '';
            field.dispatchEvent(new Event('input'));
            document.querySelectorAll('#rows thead button')[2].click();
            document.body.offsetHeight;
            return [between - begin, performance.now() - between];
        }"""
    )
    print(f"search {took[0]:.0f} ms, sort {took[1]:.0f} ms")
    assert max(took) < 5000


def test_paper_has_every_row(visit: Visit, tmp_path: Path) -> None:
    from pypdf import PdfReader  # may be missing, see conftest

    many = tuple(row(f"Student-{number}", number) for number in range(101))
    page = on_paper(visit(html(tmp_path, many)))
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4", landscape=True))).pages
    texts = ["".join(sheet.extract_text().split()) for sheet in sheets]
    assert [number for number in range(101) if f"Student-{number}" not in "".join(texts)] == []
    tables = [text for text in texts if "nStudent-" in text]
    assert len(tables) > 1
    assert [text for text in tables if "StudentResultPointsTime" not in text] == []


def test_paper_cuts_nothing_off(visit: Visit, tmp_path: Path) -> None:
    checks = dict.fromkeys(get_args(CheckId), Status.PASS)
    causes = ("output-wrong-layer", "wrong-signature", "batch-mixing")
    rows = (*ROWS, row("x" * 200, 35, checks=checks, causes=causes))
    page = on_paper(visit(html(tmp_path, rows)))
    page.set_viewport_size({"width": _LANDSCAPE, "height": 700})
    assert page.evaluate(_CUT_OFF) == []
    assert page.evaluate(_TOO_WIDE) == []
