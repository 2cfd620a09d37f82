"""Every root cause is told in every language, and only the language differs."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from pytest_deeprnn.core import codes
from pytest_deeprnn.core.codes import Text
from pytest_deeprnn.core.finding import Finding
from pytest_deeprnn.diagnosis.diagnose import diagnose

IDENTIFIER = re.compile(r"[A-Za-z_]{4,}")
#: Words that stand in Chinese sentences as they are.
TERMS = {"Python", "torch", "logits", "softmax", "traceback"}
FINDING = Finding("shared-state", "layers 1 and 2 start from state[0]", layer=2, exact=True)
every_code = pytest.mark.parametrize("code", codes.TEXTS)


@every_code
def test_message_and_hint_are_chinese_sentences(code: str) -> None:
    text = codes.TEXTS[code].in_language("zh")
    for sentence in (text.message, text.hint):
        assert re.search(r"[\u4e00-\u9fff]{3}", sentence)
        assert re.search(r"[。？]$|：\(.*\)。$", sentence)
        assert not re.search(r"[\u4e00-\u9fff][,;:?!]|\s{2}|\n", sentence)


@every_code
def test_names_from_code_are_those_of_the_english_text(code: str) -> None:
    english = f"{codes.TEXTS[code].message} {codes.TEXTS[code].hint}"
    chinese = (
        f"{codes.TEXTS[code].in_language('zh').message} {codes.TEXTS[code].in_language('zh').hint}"
    )
    assert set(IDENTIFIER.findall(chinese)) - TERMS <= set(IDENTIFIER.findall(english))


def test_what_was_measured_follows_the_english_message() -> None:
    (found,) = diagnose([FINDING], None, None)
    text = codes.TEXTS["shared-state"]
    assert found.message == f"{text.message} Layers 1 and 2 start from state[0]."
    assert found.hint == text.hint


def test_what_was_measured_stands_below_the_chinese_message() -> None:
    (found,) = diagnose([FINDING], None, None, "zh")
    text = codes.TEXTS["shared-state"].in_language("zh")
    assert found.message == f"{text.message}\nLayers 1 and 2 start from state[0]."
    assert found.hint == text.hint


def test_nothing_but_message_and_hint_depends_on_the_language() -> None:
    (english,) = diagnose([FINDING], None, None, "en")
    (chinese,) = diagnose([FINDING], None, None, "zh")
    assert replace(chinese, message=english.message, hint=english.hint) == english


def test_a_code_that_is_not_translated_yet_is_told_in_english(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(codes.TEXTS, "new-code", Text("Something new.", "Look."))
    monkeypatch.setitem(codes.__dict__["ORDER"], "new-code", 99)
    (found,) = diagnose([Finding("new-code", "it is")], None, None, "zh")
    assert found.message == "Something new.\nIt is."
