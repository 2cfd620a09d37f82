"""Every labelled submission is judged as its label says: some in each run, all as a proof."""

from __future__ import annotations

import html
import re

import pytest
from _pytest.mark import ParameterSet
from labelled import Label, graded, labels, open_checks

from pytest_deeprnn.core.report import Report
from pytest_deeprnn.reporting.html_page.excerpt import source_key
from pytest_deeprnn.reporting.html_page.page import render

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

#: Graded in some ten seconds each: another one of their kind is the example.
SLOW = {
    "matrix/dgru_bottom_left_out.py",
    "matrix/dgru_same_box.py",
    "lines/dgru_trail_of_old.py",
    "wiring/rnn_try_again.py",
    "lines/dlstm_cuda_if_there.py",
    "equations/dlstm_old_cell_back.py",
    "matrix/dlstm_times_layers.py",
    "wiring/dlstm_cool_down.py",
    "lines/drnn_slices_overlap.py",
}

LABELS = list(labels())


def labelled(right: bool) -> list[ParameterSet]:
    """The right or the wrong ones: an example of each kind for each run, the others as proofs.

    A kind of right ones is an exercise, a kind of wrong ones a root cause.
    """
    seen: set[str] = set()
    found = []
    for label in LABELS:
        if bool(label.codes) == right:
            continue
        kind = label.exercise if right else label.codes[0]
        is_example = kind not in seen and label.id not in SLOW
        if is_example:
            seen.add(kind)
        marks = () if is_example else pytest.mark.proof
        found.append(pytest.param(label, id=label.id, marks=marks))
    return found


@pytest.mark.parametrize("label", labelled(right=True))
def test_right_submission_gets_all_points(label: Label) -> None:
    report = graded(label)
    assert open_checks(report) == {}
    assert report.verdict == "pass"
    assert report.score == report.max_score
    assert report.diagnoses == ()


@pytest.mark.parametrize("label", labelled(right=False))
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
