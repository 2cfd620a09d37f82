"""What `deeprnn grade` cannot use is told in one line, with exit code 4, before anything runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import text_of

from pytest_deeprnn.frontends.cli import main


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a submission."""
    (tmp_path / "student.py").write_text(text_of("deep_rnn.py"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["gone.py"], "gone.py: there is no such file or folder"),
        (["student.py", "--exercise=deep-foo"], "'deep-foo': no such exercise or folder"),
        (["student.py", "--seed=-1"], "--seed -1: expected a whole number, 0 or more"),
        (["student.py", "--seed=x"], "argument --seed: invalid int value: 'x'"),
        (["student.py", "--jobs=0"], "--jobs 0: expected a number of graders, 1 or more"),
        (["student.py", "--profile=slow"], "argument --profile: invalid choice: 'slow'"),
        (["student.py", "--isolation=none"], "argument --isolation: invalid choice: 'none'"),
        (["student.py", "--out=student.py"], "--out student.py: File exists"),
        (["student.py", "--canvas=gone.csv"], "--canvas gone.csv: there is no such file"),
        (["student.py", "--store=what"], "Could not parse SQLAlchemy URL from"),
        ([], "the following arguments are required: PATH"),
    ],
)
def test_wrong_value(
    folder: Path, capfd: pytest.CaptureFixture[str], given: list[str], said: str
) -> None:
    code, out, err = _grade(capfd, "--exercise=deep-rnn", "--out=marks", *given)
    assert code == 4
    assert out == ""
    assert len(err.splitlines()) == 1
    assert err.startswith("deeprnn grade: ")
    assert said in err
    assert not list((folder / "marks").glob("*"))


@pytest.mark.parametrize("missing", ["--exercise", "--out"])
def test_exercise_and_reports_have_to_be_named(
    folder: Path, capfd: pytest.CaptureFixture[str], missing: str
) -> None:
    options = {"--exercise": "deep-rnn", "--out": "marks"}
    words = [f"{name}={value}" for name, value in options.items() if name != missing]
    code, _, err = _grade(capfd, "student.py", *words)
    assert code == 4
    assert f"the following arguments are required: {missing}" in err


def test_a_cluster_without_dask(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pytest_deeprnn.frontends.cli.grade.find_spec", lambda _: None)
    words = ("student.py", "--exercise=deep-rnn", "--out=marks", "--cluster=tcp://here:8786")
    code, _, err = _grade(capfd, *words)
    assert code == 4
    assert err == (
        "deeprnn grade: --cluster tcp://here:8786: needs Dask: "
        "pip install pytest-deeprnn[cluster]\n"
    )


def _grade(capfd: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    try:
        code = main.main(["grade", *words])
    except SystemExit as end:
        code = int(end.code or 0)
    return code, *capfd.readouterr()
