"""Finding the student's line."""

from __future__ import annotations

import pytest

from pytest_deeprnn.core.report import Diagnosis
from pytest_deeprnn.reporting.html_page.excerpt import Line, quote, source_key
from pytest_deeprnn.reporting.html_page.highlight import plain

TEXT = "a\nb\nc\nd\ne\nf\n"


def diagnosis(
    line: int | None = None,
    source: str | None = None,
    file: str | None = None,
    cell: int | None = None,
) -> Diagnosis:
    return Diagnosis(
        code="crash",
        message="",
        hint="",
        confidence="evidence",
        line=line,
        source=source,
        file=file,
        cell=cell,
    )


def lines(found: Diagnosis, text: str) -> tuple[Line, ...]:
    quoted = quote(found, "main.py", {"main.py": text})
    return quoted.lines if quoted else ()


def test_two_lines_stand_around_the_marked_one() -> None:
    shown = lines(diagnosis(line=4), TEXT)
    assert [(line.number, line.text) for line in shown] == list(enumerate("bcdef", 2))
    assert [line.number for line in shown if line.marked] == [4]


@pytest.mark.parametrize(("line", "shown"), [(1, "abc"), (2, "abcd"), (5, "cdef")])
def test_the_edges_of_a_file_give_fewer_lines(line: int, shown: str) -> None:
    assert "".join(found.text for found in lines(diagnosis(line=line), TEXT)) == shown


@pytest.mark.parametrize("text", ["a\r\nb\r\nc", "a\rb\rc", "a\nb\nc", "a\x0c\u2028\nb\nc"])
def test_lines_are_counted_as_python_counts_them(text: str) -> None:
    assert [line.text for line in lines(diagnosis(line=2), text) if line.marked] == ["b"]


def test_shared_indentation_is_taken_off_and_nothing_else() -> None:
    shown = lines(diagnosis(line=2), "    for x in y:\n\n        z = x")
    assert [line.text for line in shown] == ["for x in y:", "", "    z = x"]


def test_a_very_long_line_is_cut() -> None:
    (line,) = lines(diagnosis(line=1), "x" * 10_000)
    assert len(line.text) < 250


@pytest.mark.parametrize("line", [0, -1, 99, None])
def test_a_line_that_is_not_there_falls_back_to_the_source(line: int | None) -> None:
    shown = lines(diagnosis(line=line, source="  H = 1"), TEXT)
    assert shown == (Line(line, plain("H = 1"), marked=True),)


def test_a_missing_text_falls_back_to_the_source() -> None:
    quoted = quote(diagnosis(line=7, source="H = 1\nC = 2"), "main.py", {})
    assert quoted is not None
    assert quoted.lines == (Line(7, plain("H = 1"), True), Line(8, plain("C = 2"), True))


def test_a_source_of_many_lines_is_no_longer_than_a_quote() -> None:
    assert len(lines(diagnosis(source="x\n" * 1000), TEXT)) == 5


def test_without_text_and_source_there_is_no_quote() -> None:
    assert quote(diagnosis(line=7), "main.py", {}) is None
    assert quote(diagnosis(), "main.py", {"main.py": TEXT}) is None


def test_a_helper_file_and_a_cell_are_looked_up_by_their_own_names() -> None:
    sources = {"main.py": "main", "helper.py": "helper", source_key("net.ipynb", 3): "cell"}
    helper = quote(diagnosis(line=1, file="helper.py"), "main.py", sources)
    cell = quote(diagnosis(line=1, cell=3), "net.ipynb", sources)
    assert helper is not None
    assert cell is not None
    assert (helper.file, helper.lines[0].text) == ("helper.py", "helper")
    assert (cell.file, cell.cell, cell.lines[0].text) == ("net.ipynb", 3, "cell")
