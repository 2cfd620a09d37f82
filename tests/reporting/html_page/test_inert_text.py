"""A student's text is dead in a terminal and in a log, and honest text stays as it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import pytest
from markupsafe import Markup

from pytest_deeprnn.core.sanitize import block, line, visible, word
from pytest_deeprnn.reporting.html_page.number_format import plain

HONEST = (
    "def forward(inputs, state, params):\n\treturn torch.cat([H @ W for W in params[::2]])",
    "第一层的隐藏状态 H 没有传到下一步。",
    "الحالة المخفية للطبقة",
    "می‌شود نامه‌ی او‌ست",  # Persian, with ZWNJ
    "क्‍ष র‍্য ශ්‍රී",  # Indic, with ZWJ beside the virama
    "👩🏽‍🔬 👨‍👩‍👧 🏳️‍🌈 ❤️‍🔥 ☠️ 1️⃣ ©️ ℹ️",
    "Tiếng Việt e\u0302\u0301 σ ⊙ H̃ ×",
)
HIDING = {
    "\x1b]52;c;aGk=\x07": "⟨ESC⟩]52;c;aGk=⟨BEL⟩",
    "\x9b31mred": "⟨U+009B⟩31mred",
    "1 failed\r1 passed": "1 failed⟨CR⟩1 passed",
    "fail\b\b\b\bpass": "fail⟨BS⟩⟨BS⟩⟨BS⟩⟨BS⟩pass",
    "a\u202eb\u2066c\u200ed\u061ce": "a⟨U+202E⟩b⟨U+2066⟩c⟨U+200E⟩d⟨U+061C⟩e",
    "H\u200bx\ufeff\u00ad": "H⟨U+200B⟩x⟨U+FEFF⟩⟨U+00AD⟩",
    "a\u2028b\u2029c\x85d": "a⟨U+2028⟩b⟨U+2029⟩c⟨U+0085⟩d",
    "a\0\udcff\uffff": "a⟨NUL⟩⟨U+DCFF⟩⟨U+FFFF⟩",
    "W\u3164 = W\u115f": "W⟨U+3164⟩ = W⟨U+115F⟩",
    "H\ufe00 W_1\U000e0100 变\ufe0f": "H⟨U+FE00⟩ W_1⟨U+E0100⟩ 变⟨U+FE0F⟩",
    "ki\u200dm 王\u200c伟 \u200d": "ki⟨U+200D⟩m 王⟨U+200C⟩伟 ⟨U+200D⟩",
    "x" + "\u0334" * 40: "x" + "\u0334" * 5 + "⟨35×U+0334⟩",
}
COMMANDS = (
    "::error file=student.py,line=1::pwn",
    "::stop-commands::token",
    "  \t\u00a0\u3000::add-mask::x",
    ":::debug::",
    "##[error]pwn",
    "x ##[group]y",
    "###[endgroup]",
    "##vso[task.setvariable variable=x]y",
    "##teamcity[testFinished name='x']",
)
Write = Callable[[str], str]


def is_command(text: str) -> bool:
    """As runners of GitHub, Azure and TeamCity read a line."""
    return text.lstrip().startswith("::") or bool(re.search(r"##\w*\[", text))


@pytest.mark.parametrize("text", HONEST)
def test_honest_text_stays_as_it_is(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(("text", "shown"), HIDING.items())
def test_what_acts_or_hides_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize("write", [visible, line, block, word])
def test_no_character_acts(write: Write) -> None:
    shown = write("".join(map(chr, range(0x110000))).replace("\n", ""))
    assert {unicodedata.category(c) for c in shown} & {"Cs", "Zl", "Zp"} == set()
    assert {c for c in shown if unicodedata.category(c) in ("Cc", "Cf")} <= {"\t"}
    shown.encode("utf-8")


@pytest.mark.parametrize("write", [visible, line, block, word])
@pytest.mark.parametrize("text", [*HONEST, *HIDING, *COMMANDS])
def test_what_is_inert_stays_as_it_is(write: Write, text: str) -> None:
    once = write(text)
    assert write(once.replace("\n    ", "\n")) == once


@pytest.mark.parametrize("write", [line, word])
@pytest.mark.parametrize("command", COMMANDS)
def test_no_line_is_a_command(write: Write, command: str) -> None:
    assert is_command(command)
    assert not is_command(write(command))
    assert "\n" not in write(f"x\n{command}")


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028"])
@pytest.mark.parametrize("command", COMMANDS)
def test_no_line_of_a_block_is_a_command(command: str, end: str) -> None:
    shown = block(f"forward raises E: x{end}{command}{end}{command}")
    assert [one for one in shown.splitlines() if is_command(one)] == []


def test_a_block_cannot_pass_for_lines_of_pytest() -> None:
    first, *others = block("E: x\n=== 17 passed in 0.01s ===\n\nright: pass").split("\n")
    assert first == "E: x"
    assert others == ["    === 17 passed in 0.01s ===", "    ", "    right: pass"]


def test_slices_and_node_ids_keep_their_colons() -> None:
    assert line("x[::2] of student.py::deep-gru::own-state") == (
        "x[::2] of student.py::deep-gru::own-state"
    )


def test_a_word_has_no_part_of_a_node_id() -> None:
    shown = word("kim.py::deep-gru::own-state\n\tx:::")
    assert "::" not in shown
    assert shown.startswith("kim.py⟨:⟩⟨:⟩deep-gru")
    assert "⟨LF⟩⟨TAB⟩" in shown


def test_long_texts_are_cut() -> None:
    assert line("x" * 5000) == "x" * 1000 + "… (4000 more characters)"
    assert line("x" * 1000) == "x" * 1000
    cut = block("\n".join(map(str, range(5000)))).split("\n")
    assert len(cut) == 62
    assert cut[-1] == "    … (4939 more lines)"


def test_the_page_keeps_its_markup_where_it_has_joiners() -> None:
    shown = plain(Markup("<sub>می‌شود</sub> \u202e"))
    assert isinstance(shown, Markup)
    assert shown == "<sub>می‌شود</sub> ⟨U+202E⟩"
