"""How a launched run ends: what counts are the reports that it wrote, not pytest's exit code."""

from __future__ import annotations

import shutil
import signal
import sys
from pathlib import Path

import pytest
from commands import SUBMISSIONS
from launching import deeprnn_grade

from pytest_deeprnn.launch.evidence import Evidence
from pytest_deeprnn.launch.line import Asked
from pytest_deeprnn.launch.run import run, workplace
from pytest_deeprnn.report import SubmissionId, error_report, to_json

_TELLS_ITS_PARENT_TO_END = (
    "import os, signal, time; os.kill(os.getppid(), signal.SIGTERM); time.sleep(60)"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A right submission and a faulty one."""
    for name in ("deep_rnn.py", "gru_rnn_one_state.py"):
        shutil.copy(SUBMISSIONS / name, tmp_path / name)
    return tmp_path


def test_a_failed_submission_is_graded(folder: Path) -> None:
    paths = ("gru_rnn_one_state.py", "deep_rnn.py")
    ended = deeprnn_grade(*paths, "--jobs=2", folder=folder, cwd=folder)
    assert ended.code == 0
    assert "2 workers" in ended.out
    assert ended.report("gru_rnn_one_state").verdict == "fail"
    assert ended.report("deep_rnn").verdict == "pass"
    assert ended.err == ""


def test_a_submission_without_a_new_report_is_not_graded(folder: Path) -> None:
    (folder / "marks" / "deep_rnn.json").mkdir(parents=True)
    ended = deeprnn_grade("deep_rnn.py", folder=folder, cwd=folder)
    assert ended.code == 3
    last = ended.err.splitlines()[-1]
    assert last == "deeprnn grade: 1 of 1 submissions could not be graded: deep_rnn"


def test_the_folders_of_a_run_are_removed(folder: Path) -> None:
    asked = _asked(folder, lang="fr")  # which the launcher's own options do not let pass
    with workplace() as place:
        assert run(asked, place) == 4
    assert not place.empty.exists()
    assert not place.temporary.exists()


def test_sigterm_ends_pytest_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child = [sys.executable, "-c", _TELLS_ITS_PARENT_TO_END]
    monkeypatch.setattr("pytest_deeprnn.launch.run.command_line", lambda *_: child)
    with workplace() as place:
        assert run(_asked(folder, lang="en"), place) == -signal.SIGTERM
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def _asked(folder: Path, lang: str) -> Asked:
    return Asked(
        submissions=(folder / "deep_rnn.py",),
        exercise="deep-rnn",
        report=folder / "marks",
        lang=lang,
        profile="quick",
        seed=0,
        isolation="auto",
        jobs=1,
    )


def test_an_old_report_is_no_evidence(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(_report("pass"))
    evidence = Evidence.before(tmp_path, ["a"])
    assert evidence.ungraded() == ["a"]
    path.unlink()
    path.write_bytes(_report("fail"))
    assert evidence.ungraded() == []


@pytest.mark.parametrize(
    ("verdict", "ungraded"),
    [("pass", []), ("fail", []), ("error", ["a"]), ("incomplete", ["a"])],
)
def test_evidence_is_a_verdict_that_grades(
    tmp_path: Path, verdict: str, ungraded: list[str]
) -> None:
    evidence = Evidence.before(tmp_path, ["a"])
    (tmp_path / "a.json").write_bytes(_report(verdict))
    assert evidence.ungraded() == ungraded


def test_half_a_report_is_no_evidence(tmp_path: Path) -> None:
    evidence = Evidence.before(tmp_path, ["a", "b"])
    (tmp_path / "a.json").write_bytes(_report("pass")[:-20])
    (tmp_path / "b.json").write_bytes(b"{}")
    assert evidence.ungraded() == ["a", "b"]


def _report(verdict: str) -> bytes:
    told = SubmissionId(id="a", path="a.py", sha256="")
    text = to_json(error_report(told, "deep-rnn", "why"))
    return text.replace(b'"verdict": "error"', f'"verdict": "{verdict}"'.encode())
