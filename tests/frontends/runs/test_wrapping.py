"""Lines are as wide as the terminal in cells, and break where Chinese and English may."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from rich.text import Text

from pytest_deeprnn.reporting.terminal.screen import Row, Screen
from pytest_deeprnn.reporting.terminal.wrapping import wrapped

CHINESE = "由此引起：wrong-recurrence。有一层把另一层的状态（见下文）当作了自己上一个时间步的状态。"


def lines(text: str, width: int) -> list[str]:
    return [line.plain for line in wrapped(Text(text), width)]


def test_words_stay_whole() -> None:
    assert lines("one two three", 7) == ["one two", "three"]


def test_a_word_that_is_too_long_is_cut() -> None:
    assert lines("a 123456789 b", 4) == ["a", "1234", "5678", "9 b"]


def test_lines_stay_lines_and_are_set_in_as_they_were() -> None:
    assert lines("a\n\n    b c", 6) == ["a", "", "    b", "c"]
    assert lines("    123456789", 6) == ["    12", "345678", "9"]


@pytest.mark.parametrize("width", range(6, 60))
def test_chinese_breaks_between_characters(width: int) -> None:
    found = lines(CHINESE, width)
    assert "".join(found) == CHINESE
    assert max(map(cell_len, found)) <= width
    if width > 20:
        assert not [line for line in found if line[0] in "，。：）" or line[-1] in "（"]
        assert min(map(cell_len, found[:-1])) > width - 20


@pytest.mark.parametrize("width", [40, 41, 80])
def test_a_row_is_no_wider_than_the_terminal(width: int) -> None:
    found = list(Screen(width).lines(Row(Text(f"{CHINESE} word " * 9), indent=4)))
    assert max(map(cell_len, found)) <= width
    assert found[0].startswith("    由")
    assert all(line.startswith(" " * 7) for line in found[1:])


def test_a_path_is_one_line() -> None:
    assert list(Screen(40).lines(Row(Text("a/" * 60), whole=True))) == ["a/" * 60]
