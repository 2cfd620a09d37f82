"""Outputs for CI systems, from the real commands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import SUBMISSIONS, Deeprnn

from pytest_deeprnn.frontends.cli.main import main


def test_pytest_on_github(practice: Deeprnn, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = practice.folder / "summary.md"
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    monkeypatch.setenv("GITHUB_WORKSPACE", str(practice.folder))
    practice.file("pytest.ini", "[pytest]\ndeeprnn_output = junit=own/points.xml\n")
    ended = practice.grade("work/gru_rnn_one_state.py", exercise="gru-rnn")
    (first, *_) = [line for line in ended.out.splitlines() if line.startswith("::error")]
    assert first.startswith("::error file=work/gru_rnn_one_state.py,line=")
    assert "shared-state" in summary.read_text(encoding="utf-8")
    assert (practice.folder / "own" / "points.xml").exists()


def test_an_unknown_output_is_one_line(deeprnn: Deeprnn) -> None:
    ended = deeprnn.grade("gru_rnn.py", "--deeprnn-output=githup")
    assert ended.code == 4
    assert "--deeprnn-output=githup: no such output; there are github, gitlab" in ended.err


def test_grade_writes_them_and_ends_as_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITLAB_CI", "true")
    monkeypatch.setenv("CI_PROJECT_DIR", str(SUBMISSIONS))
    path = SUBMISSIONS / "gru_rnn_one_state.py"
    words = ["grade", str(path), "--exercise=gru-rnn", f"--out={tmp_path}", "--profile=quick"]
    assert main([*words, "--fail-under=100"]) == 1
    assert "less than 100 % of the points: gru_rnn_one_state" in capfd.readouterr().err
    assert main([*words, "--fail-under=10"]) == 0
    (issue, *_) = json.loads((tmp_path / "gl-code-quality-report.json").read_bytes())
    assert issue["location"]["path"] == "gru_rnn_one_state.py"
    assert (tmp_path / "junit.xml").exists()
    assert main([*words, "--output=none", "--output=nope"]) == 4
    assert "no such output" in capfd.readouterr().err
    assert main([*words, "--fail-under=120"]) == 4
    assert "expected a share of the points" in capfd.readouterr().err
