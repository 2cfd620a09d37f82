"""How single values are written."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from pytest_deeprnn.reporting.html_page.number_format import apart, cut, number, plain, points


@pytest.mark.parametrize(
    ("acting", "shown"),
    [
        ("\x1b[31m", "⟨ESC⟩[31m"),
        ("a\x00b", "a⟨NUL⟩b"),
        ("5%\r6%", "5%⟨CR⟩6%"),
        ("\x0c\x7f\x9b", "⟨U+000C⟩⟨U+007F⟩⟨U+009B⟩"),
        ("\u202a\u202b\u202c\u202d\u202e", "⟨U+202A⟩⟨U+202B⟩⟨U+202C⟩⟨U+202D⟩⟨U+202E⟩"),
        ("\u2066\u2067\u2068\u2069", "⟨U+2066⟩⟨U+2067⟩⟨U+2068⟩⟨U+2069⟩"),
        ("\u200b\ufeff\u2028", "⟨U+200B⟩⟨U+FEFF⟩⟨U+2028⟩"),
        ("\udcff\U000e0041", "⟨U+DCFF⟩⟨U+E0041⟩"),
    ],
)
def test_characters_that_act_are_shown(acting: str, shown: str) -> None:
    assert plain(acting) == shown


@pytest.mark.parametrize("text", ["σ × 层 é", "a\n\tb", "👩\u200d🏫", "שלום", "<b>&amp;"])
def test_characters_that_show_are_kept(text: str) -> None:
    assert plain(text) == text


def test_line_ends_of_windows_are_ordinary() -> None:
    assert plain("a\r\nb") == "a\nb"


def test_what_was_shown_once_is_not_changed_again() -> None:
    once = plain("\x1b\u202e")
    assert plain(once) == once


def test_markup_stays_markup_and_text_stays_text() -> None:
    assert plain(Markup("<b>\x1b</b>")) == Markup("<b>⟨ESC⟩</b>")
    assert isinstance(plain(Markup("<b>")), Markup)
    assert not isinstance(plain("<b>"), Markup)


def test_a_missing_value_is_never_printed() -> None:
    with pytest.raises(TypeError, match="missing value"):
        plain(None)


@pytest.mark.parametrize(("value", "shown"), [(12.0, "12"), (100, "100"), (7.5, "7.5"), (0, "0")])
def test_points(value: float, shown: str) -> None:
    assert points(value) == shown


def test_numbers_are_short() -> None:
    assert [number(v) for v in (1e-9, 0.5, float("nan"))] == ["1e-09", "0.5", "nan"]


@pytest.mark.parametrize(
    ("expected", "got", "shown"),
    [
        (0.25, 0.5, ("0.25", "0.5")),
        (0.123456789, 0.123456111, ("0.12345679", "0.12345611")),
        (1.0, float("nan"), ("1", "nan")),
        (2.0, 2.0, ("2", "2")),
    ],
)
def test_two_numbers_show_where_they_differ(
    expected: float, got: float, shown: tuple[str, str]
) -> None:
    assert apart(expected, got) == shown


@pytest.mark.parametrize("got", [1 + 2**-52, 1 + 1e-12, 1.5, -1.0])
def test_different_numbers_never_look_the_same(got: float) -> None:
    assert len(set(apart(1.0, got))) == 2


def test_a_long_text_keeps_its_start_and_end() -> None:
    assert cut("abcdefghij", limit=4) == ("ab", 6, "ij")
    assert cut("abcd", limit=4) == ("abcd", 0, "")
