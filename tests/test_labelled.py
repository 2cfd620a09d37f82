"""Every labelled submission is judged as its label says."""

from __future__ import annotations

import html
import re

import pytest
from labelled import Label, graded, labels, open_checks

from pytest_deeprnn.feedback.page import render
from pytest_deeprnn.feedback.quote import source_key
from pytest_deeprnn.report import Report

#: Seen to be wrong, but with another cause first than the label's; a name leaves this list, or
#: the test fails, as soon as its cause is named.
NOT_NAMED_YET: set[str] = set()
#: Told another line than the label's, or none.
LINE_NOT_FOUND_YET = {
    "lines/drnn_bias_windows.py",
    "wiring/drnn_slices_of_one_h.py",
    "matrix/dgru_spare_output.py",
    "matrix/dlstm_final_only.py",
    "matrix/dlstm_pairs_turned.py",
    "matrix/drnn_both_ways.py",
    "matrix/gru_percent.py",
    "matrix/grurnn_batch_norm.py",
    "matrix/grurnn_final_state_up.py",
    "widths/dwid_cut_or_pad.py",
    "widths/dwid_equal_zeros.py",
    "widths/dwid_last_units.py",
    "widths/dwid_min_of_both.py",
    "wiring/dgru_reads_x_again.py",
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
    assert_page_tells(label, report)
    named_first = report.diagnoses[0].code in label.codes
    assert named_first != (label.id in NOT_NAMED_YET), [one.code for one in report.diagnoses]
    if label.line and label.codes[0] != "timeout":
        line_found = (report.diagnoses[0].source or "").strip() == label.line.strip()
        assert line_found != (label.id in LINE_NOT_FOUND_YET), report.diagnoses[0].source


def assert_page_tells(label: Label, report: Report) -> None:
    """The page has the first cause, and marks the line that the report names."""
    text = label.path.read_text(encoding="utf-8")
    page = render(report, {source_key(label.path.name): text})
    first = report.diagnoses[0]
    assert f">{first.code}<" in page
    if first.source:
        marked = "".join(re.findall(r'<mark class="line">(.*?)</mark>', page, re.DOTALL))
        shown = html.unescape(re.sub("<[^>]+>", "", marked))
        assert first.source.splitlines()[0].strip() in shown
