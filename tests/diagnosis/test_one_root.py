"""The words that tell consequences apart are those that checks and experiments really use."""

from __future__ import annotations

import pytest
from labelled import graded, labels

LABELS = {label.path.name: label for label in labels()}


@pytest.mark.parametrize(
    ("name", "root", "following"),
    [
        ("lstm_no_h_back.py", "no-recurrence", {"params-missing"}),
        ("dgru_one_more.py", "layer-count", {"state-shape"}),
        ("lstm_batch_32.py", "hardcoded-shape", {"hardcoded-shape"}),
        ("gru_turned_zeros.py", "state-shape", {"crash"}),
        ("dgru_builtin.py", "forbidden-api", {"state-global"}),
        ("lstm_two_gates.py", "wrong-cell", {"state-incomplete"}),
        ("drnn_top_only.py", "state-incomplete", set()),
    ],
)
def test_one_planted_fault_is_told_as_one(name: str, root: str, following: set[str]) -> None:
    first, *others = graded(LABELS[name]).diagnoses
    assert (first.code, first.follows_from) == (root, None)
    assert {one.code for one in others} == following
    assert {one.follows_from for one in others} <= {1}


def test_two_faults_stay_two() -> None:
    found = graded(LABELS["gru_rnn_one_state.py"]).diagnoses
    assert [(one.code, one.follows_from) for one in found] == [
        ("shared-state", None),
        ("state-incomplete", 1),
        ("state-incomplete", None),
    ]
