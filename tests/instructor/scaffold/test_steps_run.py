"""A repository made by `deeprnn new`, and its steps run as they stand in its files."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from steps import Job, github, gitlab, prepared, student_repository

from pytest_deeprnn.frontends.cli.main import main

CHECKOUT = "checkout of a student"


def made(folder: Path, submission: str) -> Path:
    checkout = folder / CHECKOUT
    assert main(["new", "gru-rnn", str(checkout)]) == 0
    student_repository(checkout, submission)
    return checkout


def github_run(folder: Path, submission: str) -> Job:
    prepared(folder / "deeprnn")
    return github(made(folder, submission), folder)


@pytest.mark.proof
def test_a_correct_solution_is_green_on_github(tmp_path: Path) -> None:
    job = github_run(tmp_path, "gru_rnn.py")
    assert job.code == 0, job.out
    assert "::error" not in job.out
    assert (tmp_path / "summary.md").read_text().startswith("### ✅")
    assert (tmp_path / "deeprnn-report" / "student.html").exists()


def test_a_faulty_solution_is_red_on_github_with_its_line(tmp_path: Path) -> None:
    job = github_run(tmp_path, "gru_rnn_one_state.py")
    assert job.code == 1, job.out
    (first, *_) = [line for line in job.out.splitlines() if line.startswith("::error")]
    text = (tmp_path / CHECKOUT / "student.py").read_text().splitlines()
    line = next(number for number, one in enumerate(text, 1) if one.strip() == "H1, = state")
    assert first.startswith(f"::error file=student.py,line={line},endLine={line},")
    assert "title=shared-state (layer 2)" in first
    assert "H1, = state" in (tmp_path / "summary.md").read_text()


@pytest.mark.proof
def test_a_kept_grade_in_the_repository_changes_nothing(tmp_path: Path) -> None:
    """A student may commit a gradebook in which the fault has all points."""
    checkout = made(tmp_path, "gru_rnn_one_state.py")
    grade = ["grade", str(checkout / "student.py"), "--exercise=gru-rnn"]
    out = f"--out={checkout / 'deeprnn-report'}"
    assert main([*grade, out]) == 0
    forge(checkout / "deeprnn-report" / "gradebook.sqlite")
    assert main([*grade, out, "--fail-under=100"]) == 0  # so this is what has to be kept out
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    job = gitlab_with_environment(checkout, temporary)
    assert job.code == 1, job.out
    (issue, *_) = json.loads((checkout / "deeprnn-report/gl-code-quality-report.json").read_bytes())
    assert issue["check_name"] == "shared-state"
    assert issue["location"]["path"] == "student.py"
    assert (checkout / "deeprnn-report" / "junit.xml").exists()


def forge(gradebook: Path) -> None:
    """Make every kept grade a full one."""
    with contextlib.closing(sqlite3.connect(gradebook)) as store, store:
        for table, column in (("deeprnn_reports", "report"), ("deeprnn_grades", "row")):
            for number, data in store.execute(f"SELECT rowid, {column} FROM {table}").fetchall():
                packed = column == "report"
                told = json.loads(zlib.decompress(data) if packed else data)
                told |= {"verdict": "pass", "score": told["max_score"]}
                text = json.dumps(told).encode()
                store.execute(
                    f"UPDATE {table} SET {column} = ? WHERE rowid = ?",
                    (zlib.compress(text) if packed else text, number),
                )


def gitlab_with_environment(checkout: Path, temporary: Path) -> Job:
    """`mktemp -d` gives a place that has what is installed here."""
    place = prepared(temporary / "environment")
    binaries = temporary / "bin"
    binaries.mkdir()
    (binaries / "mktemp").write_text(f"#!/bin/sh\necho {place}\n")
    (binaries / "mktemp").chmod(0o755)
    return gitlab(checkout, temporary, binaries)


@pytest.mark.proof
def test_gradescope_gets_its_results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("submission", "results"):
        (tmp_path / name).mkdir()
    assert main(["new", "gru-rnn", str(tmp_path / "source"), "--for", "gradescope"]) == 0
    student_repository(tmp_path / "submission", "gru_rnn_one_state.py")
    (tmp_path / "submission" / "student.py").rename(tmp_path / "submission" / "my network.py")
    monkeypatch.setenv("DEEPRNN_AUTOGRADER", str(tmp_path))
    monkeypatch.setenv("DEEPRNN_PYTHON", sys.executable)
    subprocess.run([str(tmp_path / "source" / "run_autograder")], cwd="/", check=True)
    data = json.loads((tmp_path / "results" / "results.json").read_bytes())
    assert "Layers 1 and 2 both start from" in data["output"]
    assert 0 < sum(one["score"] for one in data["tests"]) < 100


def test_gradescope_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("submission", "results"):
        (tmp_path / name).mkdir()
    main(["new", "gru-rnn", str(tmp_path / "source"), "--for", "gradescope"])
    monkeypatch.setenv("DEEPRNN_AUTOGRADER", str(tmp_path))
    subprocess.run([str(tmp_path / "source" / "run_autograder")], cwd="/", check=True)
    data = json.loads((tmp_path / "results" / "results.json").read_bytes())
    assert data["score"] == 0
    assert "student.py" in data["output"]


def test_classroom50_gets_its_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["new", "gru-rnn", str(tmp_path / "bundle"), "--for", "classroom50"]) == 0
    work = tmp_path / "work"
    work.mkdir()
    student_repository(work, "gru_rnn_one_state.py")
    monkeypatch.setenv("DEEPRNN_PYTHON", sys.executable)
    for name in ("CLASSROOM", "ASSIGNMENT", "SUBMISSION_TAG", "COMMIT_URL", "RELEASE_URL"):
        monkeypatch.setenv(name, name.lower())
    script = tmp_path / "bundle" / "autograder.py"
    subprocess.run([sys.executable, str(script)], cwd=work, check=True)
    data = json.loads((work / "result.json").read_bytes())
    assert data["schema"] == "classroom50/result/v1"
    assert data["classroom"] == "classroom"
    assert 0 < data["score"] < data["max-score"] == 100
