"""What a learner reads on the page."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, get_args

import pytest
from msgspec.structs import replace

from pytest_deeprnn.core.report import (
    CheckResult,
    Diagnosis,
    Example,
    Report,
    Status,
    Timing,
    Verdict,
)
from pytest_deeprnn.reporting.html_page.page import render

if TYPE_CHECKING:
    from tests.reporting.html_page.conftest import Page, Show

SOURCE = "def gru(X, H):\n    for l in range(2):\n        R = 1\n        H = R * H\n    return H"


def headings(page: Page) -> list[str]:
    return [" ".join(text.split()) for text in page.all("h2")]


def next_step(page: Page) -> str:
    """The text of the one next step, up to the section that follows."""
    return page.text.split("Next step ", 1)[1].split(" All checks", 1)[0]


def passing(failing: Report) -> Report:
    checks = tuple(
        replace(check, status=Status.PASS, points=check.max_points, blocked_by=(), example=None)
        for check in failing.checks
    )
    return replace(failing, verdict="pass", score=30, checks=checks, diagnoses=())


def test_the_sections_come_in_the_agreed_order(show: Show, failing: Report) -> None:
    assert headings(show(failing)) == [
        "Next step",
        "Root causes",
        "Goal and gap",
        "All checks",
        "What was not judged",
        "Your parameters",
        "How your file was read",
        "How to reproduce",
        "Details",
    ]


def test_a_failure_tells_score_counts_and_one_next_step(show: Show, failing: Report) -> None:
    page = show(failing)
    assert "7.5 of 30 points" in page.text
    assert "1 of 4 checks failed. 1 more could not be tried because of that." in page.text
    assert next_step(page).startswith("Give each layer its own H. Root causes")
    assert page.text.count("Give each layer its own H.") == 1


def test_every_diagnosis_is_told_with_its_place_and_its_proof(show: Show, failing: Report) -> None:
    first, second = show(failing, {"kim_lena.py": SOURCE}).all("article")
    assert "shared-state layer 2" in " ".join(first.split())
    assert "Layers 1 and 2 share one hidden state." in first
    assert "kim_lena.py, line 4" in first
    assert "gives your numbers in every case that it was tried on." in first
    assert "wrong-recurrence layer 2 update gate" in " ".join(second.split())
    assert "Use the layer's own previous state." in second
    assert "Seen when your code was tried." in second


def test_the_line_is_marked_between_its_neighbours(show: Show, failing: Report) -> None:
    page = show(failing, {"kim_lena.py": SOURCE})
    (quoted,) = (text for text in page.all("pre") if "range(2)" in text)
    assert quoted.splitlines() == [
        "2 for l in range(2):",
        "3     R = 1",
        "4→    H = R * H",
        "5 return H",
    ]
    assert page.all("mark") == ["4→    H = R * H\n"]


def test_a_line_without_its_text_is_quoted_from_the_diagnosis(show: Show, failing: Report) -> None:
    found = replace(failing.diagnoses[0], source="H = R * H")
    page = show(replace(failing, diagnoses=(found,)))
    assert page.all("mark") == ["4→H = R * H\n"]
    assert "Root cause" in headings(page)


def test_a_cell_of_a_notebook_is_named(show: Show, failing: Report) -> None:
    found = replace(failing.diagnoses[0], cell=6, file="net.ipynb")
    page = show(replace(failing, diagnoses=(found,)), {"net.ipynb#6": SOURCE})
    assert "net.ipynb, cell 6, line 4" in page.text
    assert len(page.all("mark")) == 1


def test_goal_and_gap_stand_side_by_side(show: Show, failing: Report) -> None:
    text = show(failing).text
    assert "the check “output-values” failed" in text
    assert "expected 0.418302 your code gave 0.229106 difference 0.189196 allowed 1e-09" in text
    assert (
        "step 3 layer 2 row of the batch 1 unit 4 sizes B = 2, T = 3, V = 5, H = 4, L = 2" in text
    )
    assert "seed of the case 81" in text


def test_the_gap_is_that_of_the_first_failed_check_with_an_example(
    show: Show, failing: Report, example: Example
) -> None:
    bare = CheckResult(id="loads", status=Status.FAIL, points=0, max_points=1)
    later = replace(bare, id="new-state", example=replace(example, expected=0.5, got=0.75))
    text = show(replace(failing, checks=(bare, *failing.checks[1:], later))).text
    assert "the check “output-values” failed" in text
    assert "step 3, layer 2, row 1, unit 4: expected 0.5, got 0.75. Allowed" in text


def test_every_check_has_its_row(show: Show, failing: Report) -> None:
    rows = [" ".join(row.split()) for row in show(failing).all("tbody")[:4]]
    assert rows == [
        "loads ✓pass 7.5 / 7.5",
        "output-values ✕fail 0 / 15 Unit 4 differs at step 3. numbers above",
        "gradients ‖blocked 0 / 5 Waits for output-values",
        "pure observed –skipped 0 / 2.5",
    ]


def test_only_words_in_use_are_explained(show: Show, failing: Report) -> None:
    assert "could not be tried, because another check failed first" in show(failing).text
    assert "weaker proof" in show(failing).text
    calm = show(replace(failing, checks=failing.checks[:2])).text
    assert "another check failed first" not in calm
    assert "weaker proof" not in calm


@pytest.mark.parametrize(("status", "icon"), list(zip(Status, "✓✕‖–!", strict=True)))
def test_each_status_is_a_word_with_an_icon(
    show: Show, failing: Report, status: Status, icon: str
) -> None:
    check = replace(failing.checks[0], status=status)
    page = show(replace(failing, checks=(check,)))
    assert f"loads {icon}{status} 7.5 / 7.5" in page.text
    assert f"1 {icon}{status}" in page.text


def test_parameters_notes_and_functions_are_listed(show: Show, failing: Report) -> None:
    text = show(failing).text
    assert "params[0][1] (4, 8) layer 1, update, recurrent" in text
    assert "params[2] (5,) output bias" in text
    assert "The reset gate is applied before the product." in text
    assert "get_params make_params kim_lena.py, line 12" in text
    assert "forward gru net.ipynb, cell 6, line 3" in text


def test_the_command_survives_a_shell(show: Show, failing: Report) -> None:
    (command,) = (text for text in show(failing).all("pre") if "pytest" in text)
    assert shlex.split(command) == [
        "pytest",
        "--deeprnn-submission=hand ins/kim_lena.py",
        "--deeprnn-exercise=deep-gru",
        "--deeprnn-seed=7",
        "--deeprnn-profile=standard",
    ]


def test_details_are_folded_and_complete(show: Show, failing: Report) -> None:
    page = show(failing)
    folded = " ".join(" ".join(page.all("details")).split())
    assert page.attributes("details") == [{}, {}, {}]
    assert "epoch 1 epoch 2" in folded
    assert "9f86d0" in folded
    assert "devices cpu, stand-in isolation sandbox torch 2.13.0" in folded
    assert "in all 4.21 s in your functions 1.03 s calls of your functions 1260" in folded


def test_long_output_is_cut_and_says_so(show: Show, failing: Report) -> None:
    page = show(replace(failing, output="start" + "." * 100_000 + "end"))
    assert "94008 characters are left out here." in page.text
    first, last = page.all("samp")
    assert first.startswith("start")
    assert last.endswith("end")


def test_a_pass_congratulates_and_says_what_was_verified(show: Show, failing: Report) -> None:
    page = show(passing(failing))
    assert "Well done. Every check passed." in page.text
    assert "30 of 30 points" in page.text
    assert "Your functions were tried on 60 generated cases. All of this held:" in page.text
    held = [item.strip() for item in page.all("li")]
    assert {"✓ loads", "✓ output-values", "✓ gradients", "✓ pure"} <= set(held)
    assert not {"Root cause", "Root causes", "Goal and gap"} & set(headings(page))


def test_an_error_is_the_graders(show: Show, failing: Report) -> None:
    page = show(replace(failing, verdict="error"))
    assert "The grader failed, not you" in page.text
    assert "It is not your fault, and it does not count against you." in page.text
    assert next_step(page).startswith("Send this page to your instructor.")
    assert "So far. Not a grade." in page.text
    assert "Give each layer its own H." in page.text


def test_an_incomplete_run_says_what_was_left_out(show: Show, failing: Report) -> None:
    page = show(replace(failing, verdict="incomplete", checks=failing.checks[::3], diagnoses=()))
    assert "1 of 2 checks did not run. So this is not a full result yet." in page.text
    assert next_step(page).startswith("Run all checks:")


def test_a_failure_without_a_cause_points_at_its_check(show: Show, failing: Report) -> None:
    page = show(replace(failing, diagnoses=()))
    assert next_step(page).startswith("Start with the check “output-values”")


def test_a_run_without_isolation_is_practice(show: Show, failing: Report) -> None:
    assert "practice run" not in show(failing).text
    bare = replace(failing, settings=replace(failing.settings, isolation="none"))
    assert "practice run" in show(bare).text


@pytest.mark.parametrize("verdict", get_args(Verdict))
def test_an_empty_report_renders(show: Show, failing: Report, verdict: Verdict) -> None:
    empty = replace(
        failing,
        verdict=verdict,
        score=0,
        max_score=0,
        checks=(),
        diagnoses=(),
        roles=(),
        functions=(),
        notes=(),
        output="",
        settings=replace(failing.settings, cases=0, devices=(), versions={}),
        timing=Timing(),
    )
    page = show(empty)
    assert "0 of 0 points" in page.text
    assert "None" not in page.text
    assert not page.all("table")


@pytest.mark.parametrize("name", ["step", "layer", "row", "unit", "expected", "got", "tolerance"])
def test_an_example_may_lack_any_number(
    show: Show, failing: Report, example: Example, name: str
) -> None:
    check = replace(failing.checks[1], example=replace(example, **{name: None}))
    page = show(replace(failing, checks=(check, replace(check, id="new-state"))))
    assert "None" not in page.text
    assert "seed of the case 81" in page.text


def test_an_example_may_be_sizes_and_seed_alone(show: Show, failing: Report) -> None:
    check = replace(failing.checks[1], example=Example(sizes={}, seed=5))
    page = show(replace(failing, checks=(check, replace(check, id="new-state"))))
    assert "Case: seed 5." in page.text
    assert "counted from 1" not in page.text


def test_a_diagnosis_may_be_words_alone(show: Show, failing: Report) -> None:
    bare = Diagnosis(code="timeout", message="A call does not end.", hint="", confidence="exact")
    page = show(replace(failing, diagnoses=(bare,)))
    assert "A call does not end." in page.text
    assert next_step(page).startswith("Start with the root cause named below.")
    assert not page.all("figure")


def test_a_language_without_translation_gives_the_english_page(failing: Report) -> None:
    assert render(failing, {}, lang="xx") == render(failing, {})
