"""--pdb runs the learner's code in pytest's own process."""

from __future__ import annotations

import pytest
from commands import Deeprnn, text_of, with_forward

CONTINUE = "c\n" * 20


@pytest.mark.proof
def test_right_submission_never_stops(deeprnn: Deeprnn) -> None:
    ended = deeprnn.grade("deep_rnn.py", "--pdb")
    assert ended.code == 0
    assert "practice" in ended.out
    assert ended.report("deep_rnn").settings.isolation == "none"


def test_failing_check_stops_and_goes_on(deeprnn: Deeprnn) -> None:
    deeprnn.file("gru_rnn.py")
    named = ("--deeprnn-submission=gru_rnn.py", "--deeprnn-exercise=deep-gru")
    ended = deeprnn.talk(CONTINUE, *named, "--pdb")
    assert ended.code == 1
    assert "entering PDB" in ended.out
    assert ended.report("gru_rnn").verdict == "fail"


def test_breakpoint_in_forward(deeprnn: Deeprnn) -> None:
    marked = text_of("deep_rnn.py").replace(
        "    outputs = []", "    breakpoint()\n    outputs = []"
    )
    deeprnn.file("stops.py", marked)
    named = ("--deeprnn-submission=stops.py", "--deeprnn-exercise=deep-rnn")
    ended = deeprnn.talk("p 'T is', len(inputs)\nq\n", *named, "--pdb")
    assert "stops.py" in ended.out
    assert "('T is', " in ended.out
    assert ended.code != 0
    assert ended.report("stops").verdict != "pass"


def test_crash_stops_in_the_learners_line(deeprnn: Deeprnn) -> None:
    deeprnn.file("raises.py", with_forward("raise ValueError('my own')"))
    named = ("--deeprnn-submission=raises.py", "--deeprnn-exercise=deep-rnn")
    ended = deeprnn.talk(CONTINUE, *named, "--pdb")
    assert "raises.py" in ended.out.split("entering PDB")[1]
    assert "The grader failed" not in ended.out
    assert ended.code == 1
    assert ended.report("raises").verdict == "fail"
