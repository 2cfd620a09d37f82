"""Partial runs are incomplete, and an old pass does not outlive them."""

from __future__ import annotations

from commands import CHECKS, Deeprnn, run_checks, with_forward


def test_node_ids(practice: Deeprnn) -> None:
    ended = practice.grade("deep_rnn.py", "--co", "-q")
    report = ended.report("deep_rnn")
    assert ended.code == 0
    assert [line for line in ended.out.splitlines() if "::" in line] == [
        f"deep_rnn.py::deep-rnn::{check}" for check in CHECKS
    ]
    assert (report.verdict, report.score) == ("incomplete", 0)


def test_k_and_v(deeprnn: Deeprnn) -> None:
    ended = deeprnn.grade("deep_rnn.py", "-k", "own-state", "-v")
    report = ended.report("deep_rnn")
    assert "deep_rnn.py::deep-rnn::own-state PASSED" in ended.out
    assert "1 passed, 16 deselected" in ended.out
    assert report.verdict == "incomplete"
    assert run_checks(report) == {"own-state"}


def test_x_stops_at_the_first_failure(practice: Deeprnn) -> None:
    ended = practice.grade("gru_rnn_one_state.py", "-x", exercise="gru-rnn")
    report = ended.report("gru_rnn_one_state")
    assert ended.code == 1
    assert report.verdict == "incomplete"
    assert run_checks(report) == set(CHECKS[:6])
    assert report.diagnoses


def test_blocked_checks_are_shown_as_such(practice: Deeprnn) -> None:
    ended = practice.grade("forward_alone.py", "-v", exercise="rnn")
    assert "forward_alone.py::rnn::gradients BLOCKED" in ended.out
    assert "1 failed, 1 passed, 13 blocked" in ended.out


def test_last_failed(practice: Deeprnn) -> None:
    practice.file("gru_rnn.py")
    args = ("--deeprnn-submission=gru_rnn.py", "--deeprnn-exercise=deep-gru")
    first = practice.run(*args)
    failed = {c.id for c in first.report("gru_rnn").checks if c.status != "pass"}
    second = practice.run(*args, "--lf").report("gru_rnn")
    assert second.verdict == "incomplete"
    assert run_checks(second) == failed
    assert failed == {"output-values", "new-state", "gradients"}


def test_a_run_that_dies_leaves_no_old_pass(deeprnn: Deeprnn) -> None:
    deeprnn.file("work.py", with_forward("import os; os._exit(0)"))
    deeprnn.files({"deeprnn-report/work.json": "old", "deeprnn-report/work.html": "old"})
    ended = deeprnn.grade("work.py", "--deeprnn-isolation=none")  # the exit ends pytest itself
    assert "isolation none (practice: no grade that counts)" in ended.out
    assert ended.files == set()


def test_nothing_selected_is_incomplete(practice: Deeprnn) -> None:
    ended = practice.grade("deep_rnn.py", "-k", "nothing")
    assert ended.report("deep_rnn").verdict == "incomplete"


def test_a_printed_node_id_can_be_given(practice: Deeprnn) -> None:
    ended = practice.grade("deep_rnn.py", "deep_rnn.py::deep-rnn::own-state")
    assert run_checks(ended.report("deep_rnn")) == {"own-state"}
