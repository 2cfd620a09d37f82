"""The class page in a real browser: it searches, sorts and filters, and all can read it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from class_rows import ROWS, row
from test_page_axe import _PLAIN, _violations, _with_axe
from test_page_print import on_paper
from visiting import PHONE, WIDE, Visit

from pytest_deeprnn.gradebook.class_page import write
from pytest_deeprnn.gradebook.entry import Row
from pytest_deeprnn.settings import Language


def html(folder: Path, rows: tuple[Row, ...] = ROWS, lang: Language = "en") -> str:
    write(folder / "index.html", lambda: iter(rows), "Deep GRU", lang)
    return (folder / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_axe_finds_nothing(visit: Visit, tmp_path: Path, lang: Language) -> None:
    shown = visit(html(tmp_path, lang=lang), bypass_csp=True)
    shown.page.add_style_tag(content=_PLAIN)
    shown.unfold()
    page = _with_axe(shown)
    for width in (WIDE, PHONE):
        assert _violations(page, "light", width) == []
        assert _violations(page, "dark", width) == []


def test_search_filter_and_sort(visit: Visit, tmp_path: Path) -> None:
    shown = visit(html(tmp_path))
    page = shown.page
    visible = """() => [...document.querySelectorAll('#rows tbody tr:not([hidden]) a')]
        .map(e => e.textContent)"""
    page.get_by_label("Search").fill("王")
    assert page.evaluate(visible) == ["王小明"]
    page.get_by_label("Search").fill("")
    page.get_by_label("Result").select_option("error")
    assert page.evaluate(visible) == ["Evelyn"]
    page.get_by_label("Result").select_option("")
    page.locator("#tools select").nth(1).select_option("wrong-cell")
    assert len(page.evaluate(visible)) == 1
    page.locator("#tools select").nth(1).select_option("")
    page.get_by_role("button", name="Points").click()
    assert page.evaluate(visible)[0] == "Evelyn"
    page.get_by_role("button", name="Points").press("Enter")
    assert page.evaluate(visible)[0] == "Ann"
    assert page.locator("th[aria-sort=descending]").inner_text().strip() == "Points"
    assert shown.said == []
    assert len(shown.asked) == 1


def test_two_thousand_rows_are_quick(visit: Visit, tmp_path: Path) -> None:
    many = tuple(row(f"Student {number}", number % 101) for number in range(2000))
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
    text = "".join("".join(sheet.extract_text().split()) for sheet in sheets)
    assert [number for number in range(101) if f"Student-{number}" not in text] == []
