"""The code quality report, held against a schema written from GitLab's documentation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
from making import CAUSE, ERROR, FAILED, FAULTY, PASSED, place, report, result
from msgspec.structs import replace

from pytest_deeprnn.core.report import Report
from pytest_deeprnn.reporting.formats.gitlab import GITLAB

SCHEMA = json.loads(Path(__file__).with_name("gitlab_codequality.schema.json").read_text())


def issues(folder: Path, one: Report) -> list[dict[str, Any]]:
    path = folder / "out" / GITLAB.file
    where = place(path, folder, CI_PROJECT_DIR=str(folder))
    assert GITLAB.write([result(one, folder / "work")], where) == ""
    data: list[dict[str, Any]] = json.loads(path.read_bytes())
    jsonschema.validate(data, SCHEMA)
    return data


def test_a_cause_stands_at_the_students_line(tmp_path: Path) -> None:
    (one,) = issues(tmp_path, FAULTY)
    assert one["check_name"] == "shared-state"
    assert one["location"] == {"path": "work/a.py", "lines": {"begin": 3}}
    assert "Layer 2" in one["description"]


def test_it_is_the_same_issue_where_only_the_line_has_moved(tmp_path: Path) -> None:
    moved = report(FAILED, diagnoses=(replace(CAUSE, line=8),))
    other = report(FAILED, diagnoses=(replace(CAUSE, layer=3),))
    prints = [issues(tmp_path, one)[0]["fingerprint"] for one in (FAULTY, moved, other)]
    assert prints[0] == prints[1] != prints[2]


def test_without_a_cause_the_failed_checks_are_issues(tmp_path: Path) -> None:
    assert [one["check_name"] for one in issues(tmp_path, report(PASSED, FAILED))] == ["own-state"]


def test_a_right_submission_and_a_faulty_grader_have_none(tmp_path: Path) -> None:
    assert issues(tmp_path, report(PASSED)) == []
    assert issues(tmp_path, report(PASSED, ERROR)) == []


def test_it_is_on_where_gitlab_is() -> None:
    assert GITLAB.place({"GITLAB_CI": "true"}) == ""
    assert GITLAB.place({}) is None
