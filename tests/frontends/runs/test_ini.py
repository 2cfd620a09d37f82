"""The options' twins in pytest.ini."""

from __future__ import annotations

import pytest
from commands import Deeprnn

INI = """[pytest]
testpaths = .
deeprnn_submission = deep_rnn.py
deeprnn_exercise = deep-rnn
deeprnn_report = marks
deeprnn_seed = 7
"""


def test_ini_names_submission_exercise_report_and_seed(deeprnn: Deeprnn) -> None:
    deeprnn.files({"pytest.ini": INI, "test_here.py": "def test_here():\n    assert False\n"})
    deeprnn.file("deep_rnn.py")
    ended = deeprnn.run(report="marks")
    report = ended.report("deep_rnn")
    assert ended.code == 0
    assert "17 passed" in ended.out
    assert (report.verdict, report.exercise, report.settings.seed) == ("pass", "deep-rnn", 7)


def test_option_outweighs_its_twin(practice: Deeprnn) -> None:
    practice.file("pytest.ini", INI)
    ended = practice.grade("gru_rnn.py", "--deeprnn-seed=8", exercise="gru-rnn")
    report = practice.folder / "marks" / "gru_rnn.json"
    assert ended.code == 0
    assert b'"seed": 8' in report.read_bytes()
    assert not (practice.folder / "marks" / "deep_rnn.json").exists()


def test_ini_paths_are_relative_to_the_ini(
    practice: Deeprnn, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice.file("pytest.ini", INI)
    practice.file("deep_rnn.py")
    (practice.folder / "below").mkdir()
    monkeypatch.chdir(practice.folder / "below")
    ended = practice.run("--rootdir=..", "-c", "../pytest.ini")
    assert ended.code == 0
