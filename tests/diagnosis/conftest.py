"""Submissions written for one test."""

from __future__ import annotations

from pathlib import Path

import pytest
from graded_text import Grade

from pytest_deeprnn.core.exercise import load
from pytest_deeprnn.core.report import Report
from pytest_deeprnn.core.settings import Settings
from pytest_deeprnn.grading.grader import DirectGrader
from pytest_deeprnn.sandbox.in_process import LocalSpawner
from pytest_deeprnn.submission.discover import discover


@pytest.fixture
def grade(tmp_path: Path) -> Grade:
    """Grade a text under an exercise."""

    def graded(text: str, exercise: str) -> Report:
        path = tmp_path / "student.py"
        path.write_text(text, encoding="utf-8")
        grader = DirectGrader(Settings(profile="quick"), LocalSpawner())
        (opened,) = grader.open(discover([str(path)])[0], load(exercise))
        for check in opened.checks:
            grader.check(opened.key, check)
        return grader.report(opened.key)

    return graded
