"""Annotations, read as GitHub's runner reads them, and the step's summary."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from making import CAUSE, ERROR, FAILED, FAULTY, PASSED, one_state, place, report, result
from msgspec.structs import replace

from pytest_deeprnn.core.report import Report
from pytest_deeprnn.reporting.formats.github import GITHUB

_COMMAND = re.compile(r"^::(?P<name>[a-z]+) (?P<properties>.*?)::(?P<message>.*)$")
_ESCAPES = (("%0D", "\r"), ("%0A", "\n"))
_IN_PROPERTIES = (*_ESCAPES, ("%3A", ":"), ("%2C", ","))


def read(command: str) -> tuple[str, dict[str, str], str]:
    """Take a command apart, by the rules of actions/runner: ActionCommand.TryParseV2."""
    found = _COMMAND.match(command)
    assert found is not None, command
    given = dict(one.split("=", 1) for one in found["properties"].split(","))
    told = {name: _plain(value, _IN_PROPERTIES) for name, value in given.items()}
    return found["name"], told, _plain(found["message"], _ESCAPES)


def _plain(text: str, escapes: tuple[tuple[str, str], ...]) -> str:
    for escape, char in escapes:
        text = text.replace(escape, char)
    return text.replace("%25", "%")


def told(folder: Path, *reports: Report, **variables: str) -> list[str]:
    given = [result(one, folder / "work") for one in reports]
    return GITHUB.write(given, place(folder / "summary.md", folder, **variables)).splitlines()


def test_a_cause_stands_at_the_students_line(tmp_path: Path) -> None:
    (command,) = told(tmp_path, FAULTY, GITHUB_WORKSPACE=str(tmp_path / "work"))
    name, properties, message = read(command)
    assert name == "error"
    assert properties == {
        "file": "a.py",
        "line": "3",
        "endLine": "3",
        "title": "shared-state (layer 2)",
    }
    assert message == "Layer 2 <script>\nLook: 100%, at both\nlines"


def test_a_cause_in_a_helper_stands_in_its_file(tmp_path: Path) -> None:
    cause = replace(CAUSE, file="cells, old.py")
    (command,) = told(tmp_path, report(FAILED, diagnoses=(cause,)))
    assert read(command)[1]["file"] == "work/cells, old.py"


def test_a_notebooks_line_is_told_with_its_cell(tmp_path: Path) -> None:
    (command,) = told(tmp_path, report(FAILED, diagnoses=(replace(CAUSE, cell=4),)))
    _, properties, message = read(command)
    assert "line" not in properties
    assert message.startswith("cell 4, line 3: Layer 2")


def test_without_a_cause_the_failed_checks_are_told(tmp_path: Path) -> None:
    (command,) = told(tmp_path, report(PASSED, FAILED))
    _, properties, message = read(command)
    assert properties["title"] == "own-state"
    assert message == "layers share ⟨ESC⟩[31m one state\n::error::x"


def test_a_faulty_grader_is_not_laid_to_the_student(tmp_path: Path) -> None:
    (command,) = told(tmp_path, report(PASSED, ERROR))
    assert "not the student's fault" in read(command)[2]


def test_no_more_than_github_shows(tmp_path: Path) -> None:
    many = tuple(replace(CAUSE, layer=layer) for layer in range(30))
    assert len(told(tmp_path, report(FAILED, diagnoses=many))) == 10


def test_a_right_submission_has_no_annotation(tmp_path: Path) -> None:
    assert told(tmp_path, report(PASSED)) == []


def test_the_summary_is_appended(tmp_path: Path) -> None:
    path = tmp_path / "summary.md"
    path.write_text("before\n")
    told(tmp_path, FAULTY, report(PASSED))
    text = path.read_text(encoding="utf-8")
    assert text.startswith("before\n### ❌")
    assert "### ✅" in text


def test_a_summary_that_is_too_long_is_cut_where_a_part_ends(tmp_path: Path) -> None:
    drawn = replace(FAULTY, wiring=one_state())
    told(tmp_path, *[drawn] * 1500)
    text = (tmp_path / "summary.md").read_bytes()
    assert len(text) <= 1 << 20
    assert text.decode().endswith("the report folder has it all.\n")


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, None),
        ({"GITHUB_ACTIONS": "false"}, None),
        ({"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": "/s.md"}, "/s.md"),
    ],
)
def test_it_is_on_where_github_is(variables: dict[str, str], expected: str | None) -> None:
    assert GITHUB.place(variables) == expected
