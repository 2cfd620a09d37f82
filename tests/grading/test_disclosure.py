"""What an exercise does not tell is not in the report's data."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pytest_deeprnn.core.report import (
    CheckResult,
    Diagnosis,
    Example,
    FunctionFound,
    Given,
    Parting,
    Report,
    RoleFound,
    RunSettings,
    Status,
    SubmissionId,
    Timing,
    Worked,
    to_json,
)
from pytest_deeprnn.grading.disclosure import disclose, disclose_check

#: Each text that somebody might want to hide has a word of its own.
CASE = Example(
    sizes={"V": 2}, seed=81, step=3, layer=2, row=1, unit=4, expected=0.25, got=0.5, tolerance=1e-9
)
FAILED = CheckResult(
    id="output-values",
    status=Status.FAIL,
    points=0,
    max_points=5,
    message="unit-message",
    example=CASE,
    observed=True,
)
PASSED = CheckResult(
    id="parameters", status=Status.PASS, points=5, max_points=5, message="convention"
)
BLOCKED = CheckResult(
    id="gradients",
    status=Status.BLOCKED,
    points=0,
    max_points=5,
    message="blocked-message",
    blocked_by=("output-values",),
)
BROKEN = CheckResult(
    id="pure", status=Status.ERROR, points=0, max_points=5, message="grader-broke", example=CASE
)
FOUND = Diagnosis(
    code="shared-state",
    message="general-words measured-words",
    detail="measured-words",
    hint="hint-words",
    confidence="exact",
    layer=2,
    gate="reset",
    line=7,
    source="source-line",
)
FIRST = Parting(
    step=1, layer=1, name="worked-name", kind="computes", row=1, unit=1, expected=0.25, got=0.5
)
WORKED = Worked(
    sizes={"V": 2},
    cells=("gru",),
    tokens=((1,),),
    weights=(Given(layer=1, name="worked-weight", yours="params[0]", values=((0.5,),)),),
    state=(),
    rows=(),
    first=FIRST,
)
REPORT = Report(
    submission=SubmissionId(id="kim", path="kim.py", sha256="0"),
    exercise="deep-gru",
    verdict="fail",
    score=5,
    max_score=20,
    checks=(PASSED, FAILED, BLOCKED, BROKEN),
    diagnoses=(FOUND, replace(FOUND, code="state-incomplete", follows_from=1)),
    roles=(RoleFound(path="params[0]", shape=(3, 4), role="role-words"),),
    settings=RunSettings(
        profile="quick", seed=1, devices=("cpu",), isolation="process", cases=30, versions={}
    ),
    timing=Timing(),
    functions=(FunctionFound(role="forward", name="own_forward", line=3),),
    notes=("note-words",),
    output="printed-words",
    worked=WORKED,
)


def test_explain_is_everything() -> None:
    assert disclose(REPORT, "explain") == REPORT


@pytest.mark.parametrize("feedback", ["verdict", "hint"])
def test_result_and_the_students_own_are_always_told(feedback: str) -> None:
    told = disclose(REPORT, feedback)  # type: ignore[arg-type]  # two of the three
    assert told.feedback == feedback
    for key in ("submission", "verdict", "score", "functions", "output", "settings", "timing"):
        assert getattr(told, key) == getattr(REPORT, key)
    results = [(c.id, c.status, c.points, c.max_points, c.blocked_by) for c in REPORT.checks]
    assert results == [(c.id, c.status, c.points, c.max_points, c.blocked_by) for c in told.checks]
    assert told.checks[-1] == BROKEN  # the grader's own fault is nothing to hide


def test_a_verdict_tells_nothing_of_why() -> None:
    told = disclose(replace(REPORT, checks=REPORT.checks[:-1]), "verdict")
    assert (told.diagnoses, told.roles, told.notes, told.worked) == ((), (), (), None)
    hidden = "words-measured unit-message convention blocked-message measured-words hint-words"
    for word in (
        *hidden.split(),
        "source-line",
        "role-words",
        "note-words",
        "0.25",
        "shared-state",
    ):
        assert word.encode() not in to_json(told)


def test_a_verdict_does_not_tell_how_a_check_failed() -> None:
    plain = disclose_check(replace(FAILED, observed=False, example=None, message="x"), "verdict")
    assert disclose_check(FAILED, "verdict") == plain


def test_a_hint_tells_where_and_not_what() -> None:
    told = disclose(replace(REPORT, checks=REPORT.checks[:-1]), "hint")
    assert told.diagnoses[0] == replace(FOUND, message="general-words", detail="")
    assert [one.follows_from for one in told.diagnoses] == [None, 1]
    assert (told.roles, told.worked) == ((), None)
    assert told.checks[1].example == Example(sizes={"V": 2}, seed=81)
    assert [check.message for check in told.checks] == ["convention", "", "blocked-message"]
    for word in ("unit-message", "measured-words", "role-words", "worked-", "0.25", "0.5"):
        assert word.encode() not in to_json(told)
