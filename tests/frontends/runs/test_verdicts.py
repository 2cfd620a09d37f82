"""Five learners' files, and what the report says of each."""

from __future__ import annotations

from commands import CHECKS, Deeprnn, Ended, codes, run_checks


def _ours_shows(ended: Ended) -> bool:
    return "Traceback" in ended.text or "pytest_deeprnn" in ended.text


def test_two_tanh_layers_pass_in_full(deeprnn: Deeprnn) -> None:
    ended = deeprnn.grade("deep_rnn.py")
    report = ended.report("deep_rnn")
    assert ended.code == 0
    assert (report.verdict, report.score, report.max_score) == ("pass", 100, 100)
    assert run_checks(report) == set(CHECKS)
    assert report.diagnoses == ()
    assert {function.role for function in report.functions} == {
        "get_params",
        "init_state",
        "forward",
    }
    assert len(report.roles) == 8
    assert "deep_rnn as deep-rnn: pass, 100 of 100 points" in ended.out
    assert "17 passed" in ended.out


def test_gru_under_tanh_is_recognised_and_passes(practice: Deeprnn) -> None:
    practice.file("gru_rnn.py")
    ended = practice.run("--deeprnn-submission=gru_rnn.py")
    report = ended.report("gru_rnn")
    assert ended.code == 0
    assert (report.verdict, report.exercise, report.score) == ("pass", "gru-rnn", 100)
    assert any("its layers behave like GRU, RNN" in note for note in report.notes)


def test_tanh_layer_is_no_gru_layer(practice: Deeprnn) -> None:
    ended = practice.grade("gru_rnn.py", exercise="deep-gru")
    report = ended.report("gru_rnn")
    first = report.diagnoses[0]
    assert ended.code == 1
    assert report.verdict == "fail"
    assert (first.code, first.layer, first.confidence) == ("wrong-cell", 2, "exact")
    assert not _ours_shows(ended)


def test_one_state_for_two_layers(deeprnn: Deeprnn) -> None:
    ended = deeprnn.grade("gru_rnn_one_state.py", exercise="gru-rnn")
    report = ended.report("gru_rnn_one_state")
    first = report.diagnoses[0]
    assert ended.code == 1
    assert report.verdict == "fail"
    assert (first.code, first.layer) == ("shared-state", 2)
    assert (first.source or "").strip() == "H1, = state"
    assert "Layers 1 and 2" in first.message
    lost = next(found for found in report.diagnoses if found.code == "state-incomplete")
    assert lost.layer == 2
    assert "H1, = state" in ended.out
    assert not _ours_shows(ended)


def test_mended_return_alone_fails_with_its_reason(practice: Deeprnn) -> None:
    ended = practice.grade("gru_rnn_two_back.py", exercise="gru-rnn")
    report = ended.report("gru_rnn_two_back")
    assert ended.code == 1
    assert report.verdict == "fail"
    assert codes(report)[0] == "shared-state"
    assert "state-incomplete" in codes(report)
    assert "H1, = state" in ended.out
    assert "too many values to unpack" in ended.out
    assert not _ours_shows(ended)


def test_forward_alone_is_told_what_is_missing(practice: Deeprnn) -> None:
    ended = practice.grade("forward_alone.py", exercise="rnn")
    report = ended.report("forward_alone")
    (contract,) = (check for check in report.checks if check.id == "contract")
    assert ended.code == 1
    assert report.verdict == "fail"
    assert codes(report)[0] == "missing-function"
    assert "get_params (looked for get_params, init_params" in contract.message
    assert "init_state (looked for init_state, begin_state" in contract.message
    assert "The file defines forward; the exercise asks for" in contract.message
    assert contract.message in ended.out
    said = " ".join(diagnosis.message for diagnosis in report.diagnoses)
    assert "get_params" in said
    assert "init_state" in said
