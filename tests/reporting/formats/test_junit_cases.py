"""JUnit's XML, read by junitparser, as its users read it."""

from __future__ import annotations

from pathlib import Path

from junitparser import Error, Failure, JUnitXml, Properties, Skipped, TestCase, TestSuite
from making import ERROR, FAULTY, PASSED, place, report, result

from pytest_deeprnn.core.report import Report
from pytest_deeprnn.reporting.formats.junit import JUNIT


def suites(folder: Path, *reports: Report) -> list[TestSuite]:
    path = folder / "junit.xml"
    given = [result(one, folder) for one in reports]
    assert JUNIT.write(given, place(path, folder)) == ""
    return list(JUnitXml.fromfile(str(path)))


def points(case: TestCase) -> dict[str, str]:
    (given,) = case.iterchildren(Properties)
    return {one.name: one.value for one in given}


def test_each_check_is_a_case_with_its_points(tmp_path: Path) -> None:
    (suite,) = suites(tmp_path, FAULTY)
    cases = list(suite)
    assert [one.name for one in cases] == ["loads", "own-state", "causal"]
    assert [points(one) for one in cases[:2]] == [
        {"points": "5", "max_points": "5"},
        {"points": "2.5", "max_points": "5"},
    ]
    assert {one.name: one.value for one in suite.properties()}["score"] == "7.5"


def test_the_ends_are_told_apart_and_counted(tmp_path: Path) -> None:
    faulty, broken = suites(tmp_path, FAULTY, report(PASSED, ERROR))
    ends = [[type(end) for end in case.result] for case in (*faulty, *broken)]
    assert ends == [[], [Failure], [Skipped], [], [Error]]
    assert (faulty.tests, faulty.failures, faulty.skipped, faulty.errors) == (3, 1, 1, 0)
    assert (broken.tests, broken.failures, broken.skipped, broken.errors) == (2, 0, 0, 1)


def test_what_a_student_wrote_is_dead_and_the_cause_is_told(tmp_path: Path) -> None:
    (suite,) = suites(tmp_path, FAULTY)
    (failure,) = list(suite)[1].result
    assert "⟨ESC⟩[31m" in (failure.text or "")
    told = suite._elem.findtext("system-out") or ""
    assert "shared-state: Layer 2 <script>" in told
    assert "follows" not in told
