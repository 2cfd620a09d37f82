"""--deeprnn-lang reaches the diagnosis in the grader's process, the page and the terminal."""

from __future__ import annotations

import re

from commands import Deeprnn
from msgspec.structs import replace

from pytest_deeprnn.core.report import Diagnosis, Report

HAN = re.compile(r"[\u4e00-\u9fff]")


def without_words(report: Report) -> list[Diagnosis]:
    return [replace(found, message="", hint="") for found in report.diagnoses]


def test_only_message_and_hint_of_the_report_change(practice: Deeprnn) -> None:
    name = "gru_rnn_one_state"
    english = practice.grade(f"{name}.py", exercise="gru-rnn").report(name)
    ended = practice.grade(f"{name}.py", "--deeprnn-lang=zh", exercise="gru-rnn")
    chinese = ended.report(name)
    assert chinese.diagnoses
    assert all(HAN.search(found.message) and HAN.search(found.hint) for found in chinese.diagnoses)
    assert without_words(chinese) == without_words(english)
    kept = replace(chinese, diagnoses=english.diagnoses, timing=english.timing)
    assert kept == english

    page = (ended.folder / f"{name}.html").read_text(encoding="utf-8")
    assert '<html lang="zh">' in page
    message, detail = chinese.diagnoses[0].message.split("\n")
    assert f"  根本原因：{message}\n    {detail}\n" in ended.out
