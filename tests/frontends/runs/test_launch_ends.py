"""How a run of `deeprnn grade` ends."""

from __future__ import annotations

import shutil
import signal
import sys
from pathlib import Path

import pytest
from commands import SUBMISSIONS
from launching import deeprnn_grade

from pytest_deeprnn.frontends.cli import main
from pytest_deeprnn.frontends.cli.isolated_run import run, workplace
from pytest_deeprnn.instructor.gradebook.options import Asked

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
    ended = deeprnn_grade(*paths, folder=folder, cwd=folder)
    assert ended.code == 0
    assert ended.report("gru_rnn_one_state").verdict == "fail"
    assert ended.report("deep_rnn").verdict == "pass"
    # on a slow machine it says how far it is
    assert all(" graded, " in line for line in ended.err.splitlines())


def test_a_report_that_cannot_be_written_is_no_grade(folder: Path) -> None:
    (folder / "marks" / "deep_rnn.json").mkdir(parents=True)
    ended = deeprnn_grade("deep_rnn.py", folder=folder, cwd=folder)
    assert ended.code == 3
    assert "deep_rnn.json" in ended.err
    assert len(ended.err.splitlines()) == 1


def test_the_folders_of_a_run_are_removed(folder: Path) -> None:
    asked = _asked(folder, path="gone.py")  # which the launcher leaves to the run
    with workplace() as place:
        assert run(asked, place) == 4
    assert not place.empty.exists()
    assert not place.temporary.exists()


def test_sigterm_ends_the_run_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child = [sys.executable, "-c", _TELLS_ITS_PARENT_TO_END]
    monkeypatch.setattr("pytest_deeprnn.frontends.cli.isolated_run.command_line", lambda _: child)
    with workplace() as place:
        assert run(_asked(folder), place) == -signal.SIGTERM
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_a_run_that_dies_has_not_graded(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    child = [sys.executable, "-c", "raise SystemExit(1)"]
    monkeypatch.setattr("pytest_deeprnn.frontends.cli.isolated_run.command_line", lambda _: child)
    path = str(folder / "deep_rnn.py")
    assert main.main(["grade", path, "--exercise=deep-rnn", f"--out={folder / 'marks'}"]) == 3
    assert "the run died with exit status 1" in capfd.readouterr().err


def _asked(folder: Path, path: str = "deep_rnn.py") -> Asked:
    return Asked(
        paths=(str(folder / path),),
        exercise="deep-rnn",
        out=str(folder),
        lang="en",
        profile="quick",
        seed=0,
        isolation="auto",
        jobs=1,
    )
