"""result.json, held against a schema written from Classroom 50's documentation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from making import ERROR, FAILED, FAULTY, PASSED, check, place, report, result

from pytest_deeprnn.core.report import Report, Status
from pytest_deeprnn.reporting.formats.classroom50 import CLASSROOM50
from pytest_deeprnn.reporting.formats.output import BadOutput

SCHEMA = json.loads(Path(__file__).with_name("classroom50_result.schema.json").read_text())
PLATFORM = {
    "CLASSROOM": "dl",
    "ASSIGNMENT": "rnn",
    "SUBMISSION_TAG": "submit/2026-11-02T10-00-00Z-abc",
    "COMMIT_URL": "https://example.org/commit/1",
    "RELEASE_URL": "https://example.org/release/1",
}


def shown(folder: Path, *reports: Report) -> dict[str, Any]:
    path = folder / "result.json"
    given = [result(one, folder) for one in reports]
    assert CLASSROOM50.write(given, place(path, folder, **PLATFORM)) == ""
    data: dict[str, Any] = json.loads(path.read_bytes())
    jsonschema.validate(data, SCHEMA)
    return data


def test_whole_points_stay_as_they_are(tmp_path: Path) -> None:
    data = shown(tmp_path, report(PASSED, check("pure", Status.FAIL, 0)))
    assert (data["score"], data["max-score"]) == (5, 10)
    assert [one["passed"] for one in data["tests"]] == [True, False]
    assert data["review"] == PLATFORM["COMMIT_URL"]


def test_halves_of_points_make_all_of_them_finer(tmp_path: Path) -> None:
    data = shown(tmp_path, report(PASSED, FAILED))
    assert [(one["score"], one["max-score"]) for one in data["tests"]] == [(10, 10), (5, 10)]
    assert (data["score"], data["max-score"]) == (15, 20)


def test_blocked_and_skipped_checks_have_not_passed(tmp_path: Path) -> None:
    assert [one["passed"] for one in shown(tmp_path, FAULTY)["tests"]] == [True, False, False]


@pytest.mark.parametrize(
    ("reports", "why"),
    [((report(PASSED, ERROR),), "the grader failed"), ((FAULTY, FAULTY), "here are 2")],
)
def test_what_has_no_result_is_told(tmp_path: Path, reports: tuple[Report, ...], why: str) -> None:
    with pytest.raises(BadOutput, match=why):
        shown(tmp_path, *reports)
    assert not (tmp_path / "result.json").exists()


def test_it_is_on_where_the_platform_is() -> None:
    assert CLASSROOM50.place(PLATFORM) == "result.json"
    assert CLASSROOM50.place({**PLATFORM, "COMMIT_URL": ""}) is None
