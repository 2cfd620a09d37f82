"""The report as JSON, its schema, and the verdict."""

from __future__ import annotations

import inspect
import json
from pathlib import Path
from typing import Any

import jsonschema  # it ships none
import msgspec
import pytest

import pytest_deeprnn
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
    Verdict,
    Worked,
    WorkedRow,
    from_json,
    json_schema,
    to_json,
    verdict_of,
)

SHIPPED = Path(pytest_deeprnn.__file__).with_name("core") / "report.schema.json"
#: Keywords whose lists say the same in any order.
UNORDERED = {"anyOf", "enum", "required"}


def checks(*statuses: str) -> tuple[CheckResult, ...]:
    return tuple(
        CheckResult(id=f"c{number}", status=Status(status), points=0, max_points=1)
        for number, status in enumerate(statuses)
    )


FULL = Report(
    submission=SubmissionId(id="a", path="in/a.ipynb", sha256="0" * 64),
    exercise="deep-gru",
    verdict="fail",
    score=7.5,
    max_score=100,
    checks=(
        *checks("pass", "fail", "blocked", "skipped", "error"),
        CheckResult(
            id="values",
            status=Status.FAIL,
            points=0,
            max_points=25,
            message="Unit 2 differs: σ ≠ 0.5.",
            blocked_by=("output-shape",),
            example=Example(sizes={"V": 2}, seed=2**47, step=1, expected=0.5, got=-1e-300),
            observed=True,
        ),
    ),
    diagnoses=(
        Diagnosis(
            code="shared-state",
            message="层",
            hint="h",
            confidence="exact",
            layer=2,
            gate="reset",
            file="a.py",
            cell=3,
            line=7,
            source="H = H",
            detail="测",
            follows_from=1,
        ),
    ),
    roles=(RoleFound(path="params[0]", shape=(3, 4), role="layer 1"),),
    settings=RunSettings(
        profile="quick",
        seed=1,
        devices=("cpu",),
        isolation="process",
        cases=30,
        versions={"torch": "2.13.0"},
    ),
    timing=Timing(total_s=1.5, student_s=0.5, calls=12),
    functions=(FunctionFound(role="forward", name="gru", line=3),),
    notes=("note",),
    output="\x1b[31m\n",
    feedback="hint",
    worked=Worked(
        sizes={"V": 2, "H": 1, "L": 1, "B": 1, "T": 1},
        cells=("rnn",),
        tokens=((1,),),
        weights=(Given(layer=1, name="W_xh", yours=None, values=((0.5,), (-1.0,))),),
        state=(Given(layer=1, name="H_{t-1}", yours="state[0]", values=((0.5,),)),),
        rows=(
            WorkedRow(
                step=1,
                layer=1,
                name="H",
                kind="computes",
                expected=((0.462117,),),
                got=((None,),),
                known="returned",
                differs=True,
                equation="tanh(X·W_xh)",
            ),
        ),
        first=Parting(
            step=1,
            layer=1,
            name="H",
            kind="computes",
            row=1,
            unit=1,
            expected=0.462117,
            got=None,
        ),
    ),
)
LEAST = msgspec.structs.replace(
    FULL, checks=(), diagnoses=(), roles=(), functions=(), notes=(), output="", worked=None
)


def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(json_schema()))


def meaning(part: Any, keyword: str = "") -> Any:
    """Return what a part of a schema says: some of its text changes from msgspec to msgspec."""
    if isinstance(part, dict):
        return {name: meaning(value, name) for name, value in part.items()}
    if isinstance(part, list):
        items = [meaning(item) for item in part]
        return sorted(items, key=repr) if keyword in UNORDERED else items
    return inspect.cleandoc(part) if keyword == "description" else part


@pytest.mark.parametrize("report", [FULL, LEAST], ids=["full", "least"])
def test_a_report_survives_json(report: Report) -> None:
    assert from_json(to_json(report)) == report


@pytest.mark.parametrize("report", [FULL, LEAST], ids=["full", "least"])
def test_a_report_fits_the_schema(report: Report) -> None:
    assert list(validator().iter_errors(json.loads(to_json(report)))) == []


def test_json_is_indented_utf_8_with_the_agreed_keys() -> None:
    data: dict[str, Any] = json.loads(to_json(FULL).decode("utf-8"))
    agreed = "schema submission exercise verdict score max_score checks diagnoses roles settings"
    assert set(agreed.split()) | {"timing"} <= set(data)
    assert data["schema"] == "pytest-deeprnn/report/1"
    assert "层".encode() in to_json(FULL)
    assert to_json(FULL).startswith(b'{\n  "')


def test_the_schema_is_itself_valid_and_says_what_the_shipped_one_says() -> None:
    schema = json.loads(json_schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    assert meaning(json.loads(SHIPPED.read_bytes())) == meaning(schema)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"description": "A.\n\n    B\n    C"}, {"description": "A.\n\nB\nC"}, True),
        ({"description": "A.\n\nB C"}, {"description": "A.\n\nB D"}, False),
        ({"anyOf": [{"type": "null"}, {}]}, {"anyOf": [{}, {"type": "null"}]}, True),
        ({"required": ["a", "b"]}, {"required": ["b"]}, False),
        ({"prefixItems": [{}, {"const": 1}]}, {"prefixItems": [{"const": 1}, {}]}, False),
        ({"default": "  a"}, {"default": "a"}, False),
    ],
)
def test_the_meaning_of_a_schema_is_not_its_form(one: Any, other: Any, same: bool) -> None:
    assert (meaning(one) == meaning(other)) is same


def test_a_report_of_old_has_no_detail_and_tells_all() -> None:
    data = json.loads(to_json(FULL))
    del (
        data["feedback"],
        data["worked"],
        data["diagnoses"][0]["detail"],
        data["diagnoses"][0]["follows_from"],
    )
    report = from_json(json.dumps(data).encode())
    (found,) = report.diagnoses
    assert (report.feedback, found.detail, found.follows_from) == ("explain", "", None)
    assert report.worked is None
    assert found.said == "层"


@pytest.mark.parametrize("between", [" ", "\n", ""])
def test_what_is_said_is_the_message_without_the_detail(between: str) -> None:
    found = msgspec.structs.replace(FULL.diagnoses[0], message=f"层{between}测")
    assert found.said == "层"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("feedback", "all"),
        ("verdict", "passed"),
        ("schema", "pytest-deeprnn/report/2"),
        ("score", "7.5"),
        ("checks", [{"id": "loads"}]),
        ("checks", [{"id": "loads", "status": "ok", "points": 1, "max_points": 1}]),
        ("diagnoses", {}),
        ("submission", None),
    ],
)
def test_what_is_no_report_is_refused_by_schema_and_reader(key: str, value: object) -> None:
    data = {**json.loads(to_json(FULL)), key: value}
    assert not validator().is_valid(data)
    with pytest.raises(msgspec.ValidationError):
        from_json(json.dumps(data).encode())


@pytest.mark.parametrize(
    "key", ["submission", "exercise", "verdict", "score", "max_score", "checks", "settings"]
)
def test_a_report_without_a_key_is_refused(key: str) -> None:
    data = json.loads(to_json(FULL))
    del data[key]
    assert not validator().is_valid(data)
    with pytest.raises(msgspec.ValidationError, match=key):
        from_json(json.dumps(data).encode())


@pytest.mark.parametrize(
    ("statuses", "verdict"),
    [
        ("", "incomplete"),
        ("pass", "pass"),
        ("pass pass", "pass"),
        ("pass fail", "fail"),
        ("fail", "fail"),
        ("blocked", "fail"),
        ("pass blocked fail", "fail"),
        ("skipped", "incomplete"),
        ("pass skipped", "incomplete"),
        ("fail skipped", "incomplete"),
        ("error", "error"),
        ("pass fail blocked skipped error", "error"),
    ],
)
def test_verdict_sums_up_the_checks(statuses: str, verdict: Verdict) -> None:
    assert verdict_of(checks(*statuses.split())) == verdict
    assert verdict_of(checks(*reversed(statuses.split()))) == verdict
