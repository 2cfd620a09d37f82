"""A further language is one catalogue, and no cause depends on how anything is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from gettext import NullTranslations

import pytest
from labelled import FOLDER

from pytest_deeprnn.core import catalogue, codes
from pytest_deeprnn.core.codes import Code, Text
from pytest_deeprnn.core.exercise import load
from pytest_deeprnn.core.finding import Finding, UnknownCode
from pytest_deeprnn.core.report import Report
from pytest_deeprnn.core.settings import Settings
from pytest_deeprnn.diagnosis.diagnose import diagnose
from pytest_deeprnn.grading.grader import DirectGrader
from pytest_deeprnn.sandbox.in_process import LocalSpawner
from pytest_deeprnn.submission.discover import discover

PSEUDO = "xx"
FAULTY = {
    "wiring/gru_rnn_one_state.py": "gru-rnn",
    "wiring/dlstm_head_on_first.py": "deep-lstm",
    "cells/drnn_input_weight_twice.py": "deep-rnn",
}
#: What stands in a sentence as it is: fields, names from code, and formulas.
KEPT = re.compile(r"\{\w+\}")


def pseudo(text: str) -> str:
    """Another text with the same fields: each letter outside of braces is doubled."""
    fields = KEPT.findall(text)
    words = ["".join(2 * char for char in part) for part in KEPT.split(text)]
    return "".join(a + b for a, b in zip(words, [*fields, ""], strict=True))


@pytest.fixture
def pseudo_language(monkeypatch: pytest.MonkeyPatch) -> None:
    class Catalogue(NullTranslations):
        def gettext(self, message: str) -> str:
            return pseudo(message)

    known = catalogue.catalogue

    def found(lang: str) -> NullTranslations:
        return Catalogue() if lang == PSEUDO else known(lang)

    monkeypatch.setattr(catalogue, "catalogue", found)


def graded(name: str, lang: str) -> Report:
    grader = DirectGrader(Settings(profile="quick", lang=lang), LocalSpawner())
    (opened,) = grader.open(discover([str(FOLDER / name)])[0], load(FAULTY[name]))
    for check in opened.checks:
        grader.check(opened.key, check)
    return grader.report(opened.key)


@pytest.mark.parametrize("name", FAULTY)
def test_every_message_changed_gives_the_same_causes(name: str, pseudo_language: None) -> None:
    english, other = graded(name, "en"), graded(name, PSEUDO)
    causes = [
        [(one.code, one.layer, one.gate, one.line, one.follows_from, one.fields) for one in found]
        for found in (english.diagnoses, other.diagnoses)
    ]
    assert causes[0] == causes[1]
    assert any(one.follows_from for one in english.diagnoses) or len(english.diagnoses) == 1
    for one, two in zip(english.diagnoses, other.diagnoses, strict=True):
        assert two.said == pseudo(one.said)
        assert two.detail != one.detail
    failed = [one for one in other.checks if one.status == "fail"]
    messages = {one.id: one.message for one in english.checks}
    assert [one.id for one in failed if one.message == messages[one.id]] == []


def test_finding_of_an_unknown_cause_is_refused() -> None:
    with pytest.raises(UnknownCode, match="no-such-cause"):
        Finding("no-such-cause", "it is so")


@pytest.fixture
def own_code() -> Iterator[Code]:
    texts = {"en": Text("Too long.", "Cut it."), "zh": Text("太长了。", "剪短一点。")}
    code = Code("too-long", texts)
    codes.register(code)
    yield code
    for table in (codes.TEXTS, codes.ORDER, codes._OWN):
        table.pop(code.name)


@pytest.mark.parametrize(
    ("lang", "hint"), [("en", "Cut it."), ("zh", "剪短一点。"), ("fr", "Cut it.")]
)
def test_own_cause_is_told_in_its_languages(own_code: Code, lang: str, hint: str) -> None:
    (told,) = diagnose([Finding(own_code.name, "it has 200 steps")], None, None, lang)
    assert told.hint == hint
    assert told.detail == "It has 200 steps."


@pytest.mark.parametrize(
    ("name", "texts", "said"),
    [
        ("shared-state", {"en": Text("Other.", "Hint.")}, "already"),
        ("other", {"zh": Text("别的。", "提示。")}, "no text in English"),
    ],
)
def test_own_cause_that_cannot_be_is_refused(name: str, texts: dict[str, Text], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        codes.register(Code(name, texts))
