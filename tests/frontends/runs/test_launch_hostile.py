"""Nothing that stands beside a submission takes part in a launched run, or changes its grade."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from commands import SUBMISSIONS, Ended
from launching import (
    HOSTILE_VARIABLES,
    deeprnn_grade,
    fill_class,
    fill_hiding,
    fill_student,
    module_grade,
)

Grade = tuple[str, float, list[tuple[str, str, str]]]  # verdict, score, checks
RIGHT, FAULTY = "deep_rnn.py", "gru_rnn_one_state.py"


@pytest.fixture
def honest(tmp_path: Path) -> Path:
    return _submissions(tmp_path / "honest")


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    folder = _submissions(tmp_path / "hostile")
    fill_student(folder / "solo", folder / "seen")
    fill_student(folder / "class" / "alice", folder / "seen")
    fill_hiding(folder / "class" / "bob", folder / "seen")
    fill_class(folder / "class", folder / "seen")
    return folder


def _submissions(folder: Path) -> Path:
    """A right one named by its file, and others in folders of a class."""
    for place, name in (("solo", RIGHT), ("class/alice", FAULTY), ("class/bob", RIGHT)):
        (folder / place).mkdir(parents=True)
        shutil.copy(SUBMISSIONS / name, folder / place / "student.py")
    return folder


def _tree(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def _grades(ended: Ended) -> dict[str, Grade]:
    reports = {name.removesuffix(".json") for name in ended.files if name.endswith(".json")}
    return {
        name: (
            ended.report(name).verdict,
            ended.report(name).score,
            [(check.id, check.status, check.message) for check in ended.report(name).checks],
        )
        for name in reports
    }


def test_nothing_beside_a_submission_takes_part(honest: Path, hostile: Path) -> None:
    temporary = hostile / "temporary"
    temporary.mkdir()
    before = {place: _tree(hostile / place) for place in ("solo", "class")}
    cwd = hostile / "solo"
    variables = {**HOSTILE_VARIABLES, "TMPDIR": str(temporary)}
    ended = deeprnn_grade("student.py", "../class", folder=hostile, cwd=cwd, **variables)
    plain = deeprnn_grade("solo/student.py", "class", folder=honest, cwd=honest)
    assert (ended.code, plain.code) == (0, 0)
    assert _tree(hostile / "seen") == set()
    assert {place: _tree(hostile / place) for place in before} == before
    assert _tree(temporary) == set()
    grades, expected = _grades(ended), _grades(plain)
    assert grades == expected
    assert {verdict for verdict, *_ in grades.values()} == {"pass", "fail"}


def test_a_launcher_that_took_part_starts_a_run_that_does_not(hostile: Path) -> None:
    """With PYTHONPATH, or as a module, the launcher itself is in the caller's hands."""
    cwd = hostile / "solo"
    shutil.rmtree(cwd / "pytest_deeprnn")
    (cwd / "msgspec.py").unlink()  # which the launcher needs
    variables = {**HOSTILE_VARIABLES, "PYTHONPATH": str(cwd)}
    ended = module_grade("student.py", folder=hostile, cwd=cwd, **variables)
    lines = {path.name: path.read_text(encoding="utf-8") for path in (hostile / "seen").iterdir()}
    assert ended.code == 0
    assert ended.report("student").verdict == "pass"
    assert "solo-sitecustomize.py" in lines
    for text in lines.values():
        assert all("-m pytest_deeprnn grade" in line for line in text.splitlines())


def test_a_plain_run_loads_what_leaves_these_marks(hostile: Path) -> None:
    """Where the marks come from; without this the tests above could pass for a wrong reason."""
    cwd = hostile / "solo"
    for name in ("pytest.py", "xdist.py", "jinja2.py"):
        (cwd / name).unlink()  # else this would be all that runs
    subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "."],
        cwd=cwd,
        env={**os.environ, **HOSTILE_VARIABLES, "PYTHONPATH": str(cwd)},
        capture_output=True,
        timeout=60,
        check=False,
    )
    seen = {name.removeprefix("solo-") for name in _tree(hostile / "seen")}
    assert seen >= {"conftest.py", "sitecustomize.py", "evil_pytest.py", "evil_addopts.py"}
    assert seen >= {"evil_plugins.py", "pytest_deeprnn-plugin.py", "test_student.py"}
