"""Every labelled submission is judged as its label says."""

from __future__ import annotations

import pytest
from labelled import Label, graded, labels, open_checks

#: Seen to be wrong, but with another cause first than the label's; a name leaves this list, or
#: the test fails, as soon as its cause is named.
NOT_NAMED_YET = {
    "cells/drnn_input_weight_twice.py",
    "wiring/drnn_single_h.py",
}

LABELS = list(labels())
RIGHT = [label for label in LABELS if not label.codes]
WRONG = [label for label in LABELS if label.codes]


@pytest.mark.parametrize("label", RIGHT, ids=lambda label: label.id)
def test_right_submission_gets_all_points(label: Label) -> None:
    report = graded(label)
    assert open_checks(report) == {}
    assert report.verdict == "pass"
    assert report.score == report.max_score
    assert report.diagnoses == ()


@pytest.mark.parametrize("label", WRONG, ids=lambda label: label.id)
def test_wrong_submission_fails_with_a_diagnosis(label: Label) -> None:
    report = graded(label)
    assert report.verdict == "fail", open_checks(report)
    assert report.score < report.max_score
    assert report.diagnoses
    named_first = report.diagnoses[0].code in label.codes
    assert named_first != (label.id in NOT_NAMED_YET), [one.code for one in report.diagnoses]
