"""JUnit XML, the header, and what a practice run says of itself."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from commands import CHECKS, Deeprnn


def test_junit_xml_has_a_case_and_points_for_each_check(deeprnn: Deeprnn) -> None:
    ended = deeprnn.grade("gru_rnn_one_state.py", "--junitxml=out.xml", exercise="gru-rnn")
    report = ended.report("gru_rnn_one_state")
    (suite,) = ET.parse(deeprnn.folder / "out.xml").getroot()
    cases = {case.get("name"): case for case in suite.iter("testcase")}
    points = {
        name: [p.get("value") for p in case.iter("property") if p.get("name") == "points"]
        for name, case in cases.items()
    }
    assert tuple(cases) == CHECKS
    assert {case.get("classname") for case in cases.values()} == {"gru_rnn_one_state.gru-rnn"}
    assert points == {check.id: [str(check.points)] for check in report.checks}
    assert {name for name, case in cases.items() if case.find("failure") is not None} == {
        check.id for check in report.checks if check.status != "pass"
    }
    assert not [case for case in cases.values() if "Traceback" in "".join(case.itertext())]


def test_no_isolation_is_called_practice(practice: Deeprnn) -> None:
    ended = practice.grade("deep_rnn.py", "--deeprnn-isolation=none", "--deeprnn-seed=5")
    report = ended.report("deep_rnn")
    assert ended.code == 0
    assert "isolation none (practice: no grade that counts)" in ended.out
    assert report.settings.isolation == "none"
    assert report.settings.seed == 5


def test_header_says_the_settings(deeprnn: Deeprnn) -> None:
    ended = deeprnn.grade("forward_alone.py", exercise="rnn")
    assert "deeprnn: 1 submission, profile quick, seed 0, isolation auto" in ended.out
    assert "practice" not in ended.out
