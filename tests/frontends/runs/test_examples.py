"""The worked examples of docs/extending.md, run as it says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from commands import Deeprnn

from pytest_deeprnn.frontends.cli.main import main

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"


def test_an_exercise_with_hooks(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "marks"
    words = ["grade", str(EXAMPLES / "student.py"), f"--exercise={EXAMPLES / 'long-rnn'}"]
    assert main([*words, f"--out={out}", "--profile=quick", "--output=letters"]) == 0
    said = capfd.readouterr().out
    assert "Layer 1 applies\n     atan where tanh is asked for" in said
    assert "student.py:31  H = torch.atan(" in said
    assert "3 failed: output-values, new-state, long-run" in said
    assert f"letters: {out / 'letters.csv'}" in said
    assert (out / "letters.csv").read_text() == "student,C\n"


def test_tests_of_ones_own_run_once_for_each_submission(practice: Deeprnn) -> None:
    shutil.copytree(EXAMPLES / "tests", practice.folder / "tests")
    shutil.copy(EXAMPLES / "student.py", practice.folder / "atan.py")
    practice.file("deep_rnn.py")
    ended = practice.run(
        "tests",
        "--deeprnn-submission=atan.py",
        "--deeprnn-submission=deep_rnn.py",
        "-k",
        "test_",
        "-v",
    )
    assert ended.code == 1
    words = [line.split(" ")[:2] for line in ended.out.splitlines()]
    shown = [told for told in words if told[-1] in ("PASSED", "FAILED")]
    longer, numbers = (
        "tests/test_own.py::test_a_longer_text_begins_with_the_shorter_one_s_outputs",
        "tests/test_own.py::test_the_numbers_are_the_reference_s",
    )
    assert sorted(shown) == [
        [f"{longer}[atan.py]", "PASSED"],
        [f"{longer}[deep_rnn.py]", "PASSED"],
        [f"{numbers}[atan.py]", "FAILED"],
        [f"{numbers}[deep_rnn.py]", "PASSED"],
    ]


def test_without_a_submission_such_a_test_says_what_to_name(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_own(submission): ...")
    result = pytester.runpytest("-p", "no:randomly")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*name a submission: --deeprnn-submission=PATH*"])
