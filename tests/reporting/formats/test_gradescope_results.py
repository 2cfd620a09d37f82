"""results.json, held against a schema written from Gradescope's documentation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from making import BLOCKED, CAUSE, ERROR, FAILED, PASSED, SKIPPED, place, report, result
from msgspec.structs import replace

from pytest_deeprnn.core.report import Report
from pytest_deeprnn.reporting.formats.gradescope import GRADESCOPE, results
from pytest_deeprnn.reporting.formats.output import BadOutput

SCHEMA = json.loads(Path(__file__).with_name("gradescope_results.schema.json").read_text())


def shown(one: Report, path: Path) -> dict[str, Any]:
    assert GRADESCOPE.write([result(one, path.parent)], place(path, path.parent)) == ""
    data: dict[str, Any] = json.loads(path.read_bytes())
    return data


@pytest.mark.parametrize(
    "one",
    [report(PASSED), report(PASSED, FAILED, BLOCKED, SKIPPED, diagnoses=(CAUSE,)), report()],
    ids=["pass", "fail", "none"],
)
def test_it_is_of_gradescopes_form(tmp_path: Path, one: Report) -> None:
    jsonschema.validate(shown(one, tmp_path / "results.json"), SCHEMA)


def test_the_tests_sum_up_and_nothing_overrides_them(tmp_path: Path) -> None:
    data = shown(report(PASSED, FAILED, BLOCKED), tmp_path / "results.json")
    assert "score" not in data
    assert [(one["name"], one["score"], one["max_score"]) for one in data["tests"]] == [
        ("loads", 5, 5),
        ("own-state", 2.5, 5),
        ("causal", 0, 5),
    ]
    assert [one["status"] for one in data["tests"]] == ["passed", "failed", "failed"]
    assert {one["visibility"] for one in data["tests"]} == {"visible"}


def test_a_score_that_the_tests_do_not_sum_up_to_is_given() -> None:
    data = results(replace(report(PASSED, FAILED), score=3.0))
    assert data["score"] == 3.0


def test_a_faulty_grader_gives_no_score_at_all(tmp_path: Path) -> None:
    data = shown(report(PASSED, ERROR), tmp_path / "results.json")
    assert "score" not in data
    assert not any("score" in one or "status" in one for one in data["tests"])
    assert "not your submission's fault" in data["output"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, SCHEMA)


def test_what_a_student_wrote_is_dead(tmp_path: Path) -> None:
    data = shown(report(FAILED, diagnoses=(CAUSE,)), tmp_path / "results.json")
    assert "Layer 2 &lt;script&gt;" in data["output"]
    assert "<code>H = &lt;b&gt;</code>" in data["output"]
    assert "\x1b" not in data["tests"][0]["output"]
    assert "\n::error" not in data["tests"][0]["output"].replace(" ", "")


def test_consequences_are_not_told_as_causes() -> None:
    consequence = replace(CAUSE, message="follows", follows_from=1)
    assert "follows" not in results(report(FAILED, diagnoses=(CAUSE, consequence)))["output"]


def test_several_submissions_have_no_place_in_it(tmp_path: Path) -> None:
    two = [result(report(PASSED), tmp_path)] * 2
    with pytest.raises(BadOutput, match="holds one submission, and here are 2"):
        GRADESCOPE.write(two, place(tmp_path / "results.json", tmp_path))
