"""A module that an exercise allows and this machine lacks is no learner's fault."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from pytest_deeprnn.core.exercise import Exercise, load
from pytest_deeprnn.core.report import Report
from pytest_deeprnn.core.settings import Settings
from pytest_deeprnn.grading.grader import DirectGrader
from pytest_deeprnn.sandbox.in_process import LocalSpawner
from pytest_deeprnn.submission.discover import discover
from pytest_deeprnn.submission.not_installed import absent, announcement, needed_absent

#: No machine has it.
LACKING = "nowhere_to_be_had"
IMPORT = f"from {LACKING} import join"
TEXT = """
import torch
TOP

def get_params(vocab_size, num_hiddens, device):
    shapes = [(vocab_size, num_hiddens), (num_hiddens, num_hiddens), (num_hiddens,),
              (num_hiddens, vocab_size), (vocab_size,)]
    return [torch.normal(0, 0.01, shape, device=device, requires_grad=True) for shape in shapes]

def init_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),)

def forward(inputs, state, params):
    INSIDE
    W_x, W_h, b, W_q, b_q = params
    (H,) = state
    outputs = []
    for X in inputs:
        H = torch.tanh(X @ W_x + H @ W_h + b)
        outputs.append(H @ W_q + b_q)
    return END(outputs), (H,)
"""


def text(top: str = "", inside: str = "pass", end: str = "join") -> str:
    """A right network that joins its outputs by a function of another module."""
    return TEXT.replace("TOP", top).replace("INSIDE", inside).replace("END", end)


@pytest.fixture
def allowing() -> Exercise:
    """An exercise that allows it."""
    return replace(load("rnn"), imports=("numpy", LACKING))


def graded(folder: Path, written: str, exercise: Exercise, **beside: str) -> Report:
    """Grade a file, in this process, with the modules beside it."""
    place = folder / "handed-in"
    place.mkdir()
    for name, module in {"student": written, **beside}.items():
        (place / f"{name}.py").write_text(module, encoding="utf-8")
    (submission,) = discover([str(place / "student.py")])
    with closing(DirectGrader(Settings(profile="quick"), LocalSpawner())) as grader:
        (opened,) = grader.open(submission, exercise)
        for name in ("loads", "contract", "parameters", "initial-state", "output-shape"):
            grader.check(opened.key, name)
        return grader.report(opened.key)


@pytest.mark.parametrize(
    ("written", "beside"),
    [
        (text(IMPORT), {}),
        (text(f"import {LACKING}", end=f"{LACKING}.join"), {}),
        (text(inside=IMPORT), {}),
        (text(f"{IMPORT}\njoined = join"), {}),
        (text("from tools import join"), {"tools": IMPORT}),
        (text(f"from {LACKING}.inner import join"), {}),
    ],
)
def test_who_needs_it_is_not_graded(
    tmp_path: Path, allowing: Exercise, written: str, beside: dict[str, str]
) -> None:
    report = graded(tmp_path, written, allowing, **beside)
    told = next(check.message for check in report.checks if check.status == "error")
    assert report.verdict == "error"
    assert report.diagnoses == ()
    assert all(check.status != "fail" for check in report.checks)
    assert LACKING in told
    assert "exercise rnn allows" in told


@pytest.mark.parametrize(
    "written",
    [
        text(IMPORT, end="torch.cat"),
        text(f"try:\n    {IMPORT}\nexcept ImportError:\n    join = torch.cat"),
    ],
)
def test_who_can_do_without_it_is_graded(tmp_path: Path, allowing: Exercise, written: str) -> None:
    report = graded(tmp_path, written, allowing)
    told = {check.id: check.status for check in report.checks}
    assert told["output-shape"] == "pass"
    assert "error" not in told.values()


@pytest.mark.parametrize(
    ("written", "line"), [(text(IMPORT), 3), (text(inside=IMPORT), 14), (text("import tools"), 21)]
)
def test_what_is_not_allowed_is_the_learners(tmp_path: Path, written: str, line: int) -> None:
    report = graded(tmp_path, written, load("rnn"))
    assert "error" not in {check.status for check in report.checks}
    first = report.diagnoses[0]
    assert first.line == line
    if LACKING in written:
        assert first.code == "import-error"
        assert "there is torch, numpy, " in first.message


def submissions(folder: Path, *texts: str) -> list[str]:
    for number, one in enumerate(texts):
        (folder / f"s{number}.py").write_text(one, encoding="utf-8")
    return [str(path) for path in sorted(folder.glob("s*.py"))]


def test_what_an_exercise_names_itself_is_always_told(allowing: Exercise) -> None:
    assert announcement(allowing, ()) == (
        f"exercise rnn allows '{LACKING}', which is not installed here: "
        "a submission that needs it cannot be graded"
    )
    several = replace(allowing, imports=("nowhere_either", LACKING))
    assert "'nowhere_either' and 'nowhere_to_be_had', which are not" in announcement(several, ())


def test_what_every_exercise_allows_is_told_where_it_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "pytest_deeprnn.submission.not_installed._is_installed", lambda name: name != "einops"
    )
    plain, using = submissions(tmp_path, text("import numpy"), text("import einops"))
    assert announcement(load("rnn"), discover([plain])) == ""
    assert "'einops'" in announcement(load("rnn"), discover([using]))
    assert "this exercise allows 'einops'" in announcement(None, discover([plain, using]))


def test_the_books_package_is_stood_for() -> None:
    assert absent(("d2l", "d2lzh_pytorch", "numpy", "torch")) == ()


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("ValueError", f"No module named '{LACKING}'"),
        ("ModuleNotFoundError", "No module named 'numpy'"),
        ("ModuleNotFoundError", "no such thing"),
        ("ModuleNotFoundError", "No module named 'another_one'"),
    ],
)
def test_other_exceptions_are_the_submissions_own(
    allowing: Exercise, kind: str, message: str
) -> None:
    assert needed_absent(kind, message, allowing) == ""
