"""What cannot be used is told in one line, with exit code 4."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

import pytest
from commands import Deeprnn


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("--deeprnn-profile=slow", "--deeprnn-profile=slow: expected quick, standard, thorough"),
        ("--deeprnn-lang=fr", "--deeprnn-lang=fr: expected en, zh"),
        ("--deeprnn-isolation=jail", "--deeprnn-isolation=jail: expected auto, sandbox, process"),
        ("--deeprnn-device=tpu", "--deeprnn-device=tpu: expected auto, cpu"),
        ("--deeprnn-seed=x", "--deeprnn-seed=x: expected a whole number, 0 or more"),
        ("--deeprnn-seed=-1", "--deeprnn-seed=-1: expected a whole number, 0 or more"),
        ("--deeprnn-submission=gone.py", "gone.py: there is no such file or folder"),
        ("--deeprnn-submission=hollow", "hollow: the folder holds no .py or .ipynb file"),
        ("--deeprnn-submission=notes.txt", "notes.txt: expected a .py, .ipynb or .zip file"),
        ("--deeprnn-exercise=deep-foo", "'deep-foo': no such exercise or folder; there are"),
        ("--deeprnn-exercise=hollow", "exercise.toml: expected this file in an exercise folder"),
        (
            "--deeprnn-exercise=wrong-key",
            "wrong-key/exercise.toml: key points.x: no such check; there are loads,",
        ),
    ],
)
def test_wrong_value(practice: Deeprnn, option: str, said: str) -> None:
    practice.file("deep_rnn.py")
    practice.file("notes.txt", "")
    (practice.folder / "hollow").mkdir()
    if option.endswith("wrong-key"):
        shutil.copytree(_packaged("deep-rnn"), practice.folder / "wrong-key")
        with (practice.folder / "wrong-key/exercise.toml").open("a") as file:
            file.write("x = 1\n")
    ended = practice.run("--deeprnn-submission=deep_rnn.py", option)
    lines = [line for line in ended.err.splitlines() if line]
    assert ended.code == 4
    assert len(lines) == 1
    assert lines[0].startswith("ERROR: ")
    assert said in lines[0]
    assert ended.files == set()


def test_a_broken_zip_alone_is_told_at_once(practice: Deeprnn) -> None:
    practice.file("broken.zip", "")
    ended = practice.run("--deeprnn-submission=broken.zip")
    assert ended.code == 4
    assert "broken.zip: not a readable zip file" in ended.err


def test_a_broken_zip_beside_others_loses_none_of_them(practice: Deeprnn) -> None:
    practice.file("deep_rnn.py")
    practice.file("broken.zip", "")
    ended = practice.grade("deep_rnn.py", "--deeprnn-submission=broken.zip")
    assert ended.code == 1
    assert ended.report("deep_rnn").verdict == "pass"
    assert ended.report("broken").verdict == "fail"
    assert "Not a readable zip file" in ended.report("broken").checks[0].message


def _packaged(name: str) -> Path:
    return Path(str(files("pytest_deeprnn.exercises").joinpath(name)))


def test_sandbox_is_refused_where_there_is_none(deeprnn: Deeprnn) -> None:
    ended = deeprnn.grade("deep_rnn.py", "--deeprnn-isolation=sandbox")
    if ended.code == 0:  # where the kernel can
        assert ended.report("deep_rnn").settings.isolation == "sandbox"
    else:
        assert ended.code == 4
        assert "--deeprnn-isolation=sandbox" in ended.err


def test_strict_refuses_a_conftest_beside_the_submission(practice: Deeprnn) -> None:
    practice.file("conftest.py", "")
    ended = practice.grade("deep_rnn.py", "--deeprnn-strict")
    assert ended.code == 4
    assert "--deeprnn-strict: pytest has loaded" in ended.err


def test_empty_submission_is_refused(practice: Deeprnn) -> None:
    practice.file("deep_rnn.py")
    assert practice.run("--deeprnn-submission=").code == 4


def test_report_folder_that_is_a_file(practice: Deeprnn) -> None:
    ended = practice.grade("deep_rnn.py", "--deeprnn-report=deep_rnn.py")
    assert ended.code == 4
    assert "Traceback" not in ended.text
