"""Completes the contract of a text, and grades a text, in this process."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import torch

from pytest_deeprnn.core.exercise import load
from pytest_deeprnn.core.report import Report
from pytest_deeprnn.core.settings import Settings
from pytest_deeprnn.grading.contract_search.search import complete_for
from pytest_deeprnn.grading.grader import DirectGrader
from pytest_deeprnn.sandbox.in_process import LocalSpawner
from pytest_deeprnn.submission.discover import discover
from pytest_deeprnn.submission.prepare import Prepared, prepare

EXERCISE = "deep-rnn"


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    dtype = torch.get_default_dtype()
    yield
    torch.set_default_dtype(dtype)
    sys.modules.pop("submission", None)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a main file, with others beside it; the folder is one submission's."""

    def written(text: str, **beside: str) -> Path:
        folder = tmp_path / "student"
        folder.mkdir(exist_ok=True)
        (folder / "student.py").write_text(text, encoding="utf-8")
        for name, other in beside.items():
            (folder / f"{name}.py").write_text(other, encoding="utf-8")
        return folder / "student.py"

    return written


@pytest.fixture
def completed(write: Callable[..., Path]) -> Callable[..., Prepared]:
    """Find the three functions of a text."""

    def found(text: str, **beside: str) -> Prepared:
        (submission,) = discover([str(write(text, **beside))])
        exercise = load(EXERCISE)
        read = prepare(submission, frozenset(exercise.network.cells))
        return complete_for(exercise, read, LocalSpawner())

    return found


@pytest.fixture
def graded(write: Callable[..., Path]) -> Callable[..., Report]:
    """Grade a text as an answer to an exercise."""

    def report(text: str, exercise: str = EXERCISE, **beside: str) -> Report:
        (submission,) = discover([str(write(text, **beside))])
        with closing(DirectGrader(Settings(profile="quick"), LocalSpawner())) as grader:
            (opened,) = grader.open(submission, load(exercise))
            for check in opened.checks:
                grader.check(opened.key, check)
            return grader.report(opened.key)

    return report
