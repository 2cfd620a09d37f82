"""Hostile submissions in one graded run: each fails, and nothing else is touched or told."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import msgspec
import pytest
from attacking import HONEST, Run, forms, launch, once
from catalogue import KINDS, NOT_HELD, SAID_INSTEAD, Attack, attacks

from pytest_deeprnn.core.report import Report, Timing

ALL = attacks()


def _held_or_not(attack: Attack) -> object:
    why = NOT_HELD.get(attack.name)
    marks = () if why is None else pytest.mark.xfail(strict=True, reason=why)
    return pytest.param(attack, id=attack.name, marks=marks)


def _ids(some: list[Attack]) -> list[str]:
    return [one.name for one in some]


def _shared(factory: pytest.TempPathFactory, name: str, request: pytest.FixtureRequest) -> Path:
    """A folder that all processes of these tests know."""
    base = factory.getbasetemp()
    return (base.parent if hasattr(request.config, "workerinput") else base) / name


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Run:
    folder = _shared(tmp_path_factory, "attacks", request)
    return once(folder, lambda: launch(folder / "run", ALL))


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Run:
    folder = _shared(tmp_path_factory, "attacks-alone", request)
    return once(folder, lambda: launch(folder / "run", [], honest=HONEST[:1]))


def test_there_are_many_of_each_kind() -> None:
    counts = {kind: len(attacks(slow=True, kinds=(kind,))) for kind in KINDS}
    assert sum(counts.values()) >= 48
    assert min(counts.values()) >= 5
    assert {one.name for one in attacks(slow=True)} >= {*NOT_HELD, *SAID_INSTEAD}


@pytest.mark.parametrize("attack", [_held_or_not(one) for one in ALL])
def test_an_attack_fails(run: Run, attack: Attack) -> None:
    report = run.reports[attack.file]
    assert report.verdict == "fail"
    assert report.score < report.max_score


@pytest.mark.parametrize("attack", ALL, ids=_ids(ALL))
def test_an_attack_runs_to_its_payload(run: Run, attack: Attack) -> None:
    report = run.reports[attack.file]
    said = SAID_INSTEAD.get(attack.name, "reached: ")
    assert said in " ".join([report.output, *(check.message for check in report.checks)])


def test_every_submission_has_a_report(run: Run) -> None:
    assert set(run.reports) == {one.file for one in ALL} | set(HONEST)


def test_it_runs_in_a_sandbox(run: Run) -> None:
    assert {run.reports[name].settings.isolation for name in HONEST} == {"sandbox"}


def test_no_attack_leaves_a_mark(run: Run) -> None:
    assert run.strays == ()


def test_no_attack_changes_a_file(run: Run) -> None:
    assert run.changed == ()


def test_no_process_is_left(run: Run) -> None:
    assert run.processes == ()


def _graded(report: Report) -> Report:
    """What is told of a submission, but for its name and for times."""
    return msgspec.structs.replace(
        report,
        submission=msgspec.structs.replace(report.submission, id="", path=""),
        timing=Timing(),
        functions=tuple(msgspec.structs.replace(one, file=None) for one in report.functions),
    )


def test_honest_students_are_graded_as_if_alone(run: Run, alone: Run) -> None:
    expected = _graded(alone.reports[HONEST[0]])
    assert expected.verdict == "pass"
    assert {name: _graded(run.reports[name]) for name in HONEST} == dict.fromkeys(HONEST, expected)


def test_the_secret_is_told_nowhere(run: Run) -> None:
    told = run.told()
    assert [form for form in forms(run.secret) if form in told] == []


def test_nothing_that_is_told_acts(run: Run) -> None:
    kinds = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    texts = [run.out, run.err, *run.pages.values()]
    acting = {one for text in texts for one in text if unicodedata.category(one) in kinds}
    lines = f"{run.out}\n{run.err}".splitlines()
    assert acting <= {"\n", "\t"}
    assert [one for one in lines if re.match(r"\s*(::|##\[|##vso|##teamcity)", one)] == []
    own = {name: len(re.findall("<(?:script|iframe|img)", one)) for name, one in run.pages.items()}
    assert own.pop("index.html") == 1  # the class page sorts and searches
    assert set(own.values()) == {0}
    assert [one for one in lines if re.match(r"(=+ )?(forged_summary as|99 passed)", one)] == []
