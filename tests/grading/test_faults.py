"""A fault of the grader's own: its traceback is kept for who runs it, and no learner sees it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn

import pytest
from labelled import FOLDER

from pytest_deeprnn.core import faults
from pytest_deeprnn.core.exercise import load
from pytest_deeprnn.core.report import Report, Status, to_json
from pytest_deeprnn.core.settings import Settings
from pytest_deeprnn.grading import submission_grader
from pytest_deeprnn.grading.grader import DirectGrader
from pytest_deeprnn.reporting.html_page.page import render
from pytest_deeprnn.sandbox.in_process import LocalSpawner
from pytest_deeprnn.submission.discover import discover

FAULTY = FOLDER / "wiring" / "gru_rnn_one_state.py"


def fails(*_: object, **__: object) -> NoReturn:
    raise KeyError("some name")


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    faults.take()
    yield
    faults.take()


def graded() -> Report:
    grader = DirectGrader(Settings(profile="quick"), LocalSpawner())
    (opened,) = grader.open(discover([str(FAULTY)])[0], load("gru-rnn"))
    for check in opened.checks:
        grader.check(opened.key, check)
    return grader.report(opened.key)


@pytest.mark.parametrize("part", ["diagnose", "work", "unroll", "roles_found"])
def test_part_of_the_report_that_fails_leaves_the_rest(
    part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = graded()
    monkeypatch.setattr(submission_grader, part, fails)
    report = graded()
    assert (report.verdict, report.score) == ("fail", expected.score)
    assert report.checks == expected.checks
    assert report.error is not None
    assert report.error.startswith("The grader failed: KeyError: 'some name'")
    kept = faults.take()[0]
    assert "in fails" in kept
    assert "Traceback" in kept
    assert b"Traceback" not in to_json(report)
    page = render(report, {})
    assert "The grader failed: KeyError" in page
    assert "Traceback" not in page


def test_check_that_fails_is_an_error_and_keeps_its_traceback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pytest_deeprnn.measurement.traces.Traces.known_alignments", fails)
    report = graded()
    assert report.verdict == "error"
    failed = [one.message for one in report.checks if one.status is Status.ERROR]
    assert report.error in failed
    assert "in fails" in faults.take()[0]


def test_report_without_a_fault_has_no_error() -> None:
    assert graded().error is None
    assert faults.take() == ()


def test_same_fault_is_kept_once() -> None:
    faults.keep(["one", "one", "other"])
    assert faults.take() == ("one", "other")
