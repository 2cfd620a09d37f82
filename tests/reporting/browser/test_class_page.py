"""The class page tells of everyone, in dead text, and of no one where it is anonymous."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import pytest
from class_rows import ROWS, row
from msgspec import structs

from pytest_deeprnn.core.exercise import CheckId
from pytest_deeprnn.core.report import Status
from pytest_deeprnn.core.settings import Language
from pytest_deeprnn.instructor.gradebook.class_page import write
from pytest_deeprnn.instructor.gradebook.entry import Before, Entry, Row


class Read(HTMLParser):
    """A page's text, elements and links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.tags: list[str] = []
        self.names: set[str] = set()
        self.links: list[str] = []
        self.rows: list[list[str]] = []
        self._words: list[str] = []
        self._cell = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._words.append(" " * (tag in ("dt", "dd", "li", "th", "td", "p")))
        self.names |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href" and tag == "a"]
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self._cell = True

    def handle_endtag(self, tag: str) -> None:
        self._cell = self._cell and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        self._words.append(data)
        if self._cell:
            self.rows[-1][-1] += data

    @property
    def text(self) -> str:
        return " ".join("".join(self._words).split())


def page(path: Path, rows: tuple[Row, ...] = ROWS, lang: Language = "en", **more: bool) -> Read:
    write(path / "index.html", lambda: iter(rows), "Deep GRU", lang, **more)
    return Read((path / "index.html").read_text(encoding="utf-8"))


def test_each_student_has_a_line_and_a_link(tmp_path: Path) -> None:
    read = page(tmp_path)
    lines = read.rows[1:]
    assert len(lines) == len(ROWS)
    assert [one[2] for one in lines] == ["100", "35", "35", "60", "–"]
    assert lines[0][0].split() == ["Ann", "nAnn", "late"]
    assert "2 earlier attempts" in lines[1][0]
    assert "Bob%27s/id%20%231.html" in read.links


def test_the_head_counts_them(tmp_path: Path) -> None:
    text = page(tmp_path).text
    assert "graded 4 passed in full 1 median 47.5 / 100 not graded 1" in text


def test_what_could_not_be_graded_is_no_zero(tmp_path: Path) -> None:
    read = page(tmp_path)
    assert "Evelyn: Killed by <b>" in read.text
    assert read.rows[-1][1:3] == ["not graded", "–"]


def test_causes_come_with_all_who_share_them(tmp_path: Path) -> None:
    text = page(tmp_path).text
    shared = text.index("3 Two layers read or write one and the same hidden state. shared-state")
    assert shared < text.index("wrong-cell")


def test_a_changed_grade_says_why(tmp_path: Path) -> None:
    said = "Bob: 80 → 35 because of a change in the submission, the program"
    assert said in page(tmp_path).text


def test_a_changed_grade_of_other_points_says_of_how_many(tmp_path: Path) -> None:
    one = row("Ann", 80, before=Before(score=8, max_score=10, why=("exercise",)))
    assert "Ann: 8 / 10 → 80 / 100 because" in page(tmp_path, (one,)).text


def test_the_drawing_is_told_in_words(tmp_path: Path) -> None:
    told = page(tmp_path).text
    assert "20–30: 0, 30–40: 2, 40–50: 0, 50–60: 0, 60–70: 1," in told
    assert "90–100: 1" in told


def test_points_at_a_bound_belong_above_it(tmp_path: Path) -> None:
    one = row("Ann", 70 - 1e-12)
    assert "70–80: 1," in page(tmp_path, (one,)).text


def test_hostile_names_are_text(tmp_path: Path) -> None:
    read = page(tmp_path)
    assert "<img src=x onerror=alert(1)>" in read.text
    assert read.tags.count("script") == 1
    assert "img" not in read.tags
    assert not {name for name in read.names if name.startswith("on") or name == "src"}
    assert not {"\x1b", "\u202e"} & set(read.html)


def test_it_asks_for_nothing_and_runs_its_own_script_only(tmp_path: Path) -> None:
    html = page(tmp_path).html
    assert re.search(r"default-src 'none'; .*script-src 'sha256-[\w+/]{43}='", html)
    assert not re.search(r"https?:|//\w[\w.]*\.\w|@import", html.split("<script>")[0])


def test_an_anonymous_page_names_nobody(tmp_path: Path) -> None:
    read = page(tmp_path, anonymous=True)
    for one in ROWS:
        student = one.entry.students[0]
        for secret in (student.name, student.id, student.email, one.page):
            assert secret not in read.html
    assert read.links == []
    assert [line[2] for line in read.rows[1:]] == ["100", "60", "35", "35", "–"]


def test_numbers_of_an_anonymous_page_tell_no_names(tmp_path: Path) -> None:
    """Neither names nor the order of rows have any part in it."""
    renamed = [
        structs.replace(one, entry=row(name, 0).entry, page=name)
        for name, one in zip("VWXYZ", ROWS, strict=True)
    ]
    first = [structs.replace(one, entry=row("Nobody", 0).entry) for one in ROWS]
    pages = {page(tmp_path, tuple(rows), anonymous=True).html for rows in (first, renamed[::-1])}
    assert len(pages) == 1


def test_a_name_of_any_length_leaves_room(tmp_path: Path) -> None:
    read = page(tmp_path, (structs.replace(row("long" * 5000, 10), page="long"),))
    assert "longlong" in read.rows[1][0]
    assert len(read.rows[1][0]) < 1000
    assert "long" * 500 not in read.html


def test_two_thousand_students_are_below_a_megabyte(tmp_path: Path) -> None:
    checks = dict.fromkeys(get_args(CheckId), Status.PASS)
    some = {**checks, "pure": Status.FAIL, "causal": Status.FAIL, "devices": Status.BLOCKED}
    rows = tuple(row(f"Student Number{number}", 35, checks=some) for number in range(2000))
    assert len(page(tmp_path, rows).html.encode()) < 1_000_000


def test_an_empty_class_says_so(tmp_path: Path) -> None:
    assert "Nothing has been graded yet." in page(tmp_path, ()).text


def test_chinese(tmp_path: Path) -> None:
    read = page(tmp_path, lang="zh")
    assert "有两层读写的是同一个隐状态" in read.text
    assert not re.search(
        r"\b(graded|median|late|Search|attempt|Root)\b", read.text.split("use strict")[0]
    )


@pytest.mark.parametrize("anonymous", [False, True])
def test_no_more_than_one_row_is_held(tmp_path: Path, anonymous: bool) -> None:
    alive: set[int] = set()
    most = 0

    class Counted(Row, frozen=True, kw_only=True):
        def __del__(self) -> None:
            alive.discard(id(self))

    def rows() -> Iterator[Row]:
        nonlocal most
        for number in range(200):
            made = row(f"S{number}", 35, before=Before(score=8, max_score=100, why=()))
            one = Counted(**{name: getattr(made, name) for name in made.__struct_fields__})
            alive.add(id(one))
            most = max(most, len(alive))
            yield one

    write(tmp_path / "index.html", rows, "Deep GRU", anonymous=anonymous)
    assert 1 <= most < 5


def test_chinese_and_english_have_the_same_parts(tmp_path: Path) -> None:
    assert page(tmp_path).tags == page(tmp_path, lang="zh").tags


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_row_without_a_student_is_called_by_its_file(tmp_path: Path, lang: Language) -> None:
    one = row("Ann", 100)
    entry = Entry(submission=one.entry.submission)
    plain = Row(
        entry=entry, page="ann", exercise="gru", verdict="pass", score=1, max_score=1, checks={}
    )
    assert page(tmp_path, (plain,), lang).rows[1][0] == "Ann.py"
