"""What an exercise does not tell stands in no file of a real run, and not in the terminal."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from importlib.resources import as_file, files

import pytest
from commands import Deeprnn, Ended, with_forward
from msgspec.structs import replace

from pytest_deeprnn.core.report import Feedback, Report

NAME = "gru_rnn_one_state"
RAISES = with_forward("print('my own words')\n    int('telling')")
Told = Callable[..., Ended]


@pytest.fixture
def told(practice: Deeprnn) -> Told:
    """Grade under an exercise that tells this much."""

    def grade(feedback: Feedback, name: str, exercise: str, *args: str) -> Ended:
        folder = practice.folder / feedback / exercise
        with as_file(files("pytest_deeprnn.exercises") / exercise) as packaged:
            shutil.copytree(packaged, folder, dirs_exist_ok=True)
        toml = folder / "exercise.toml"
        text = toml.read_text(encoding="utf-8")
        assert 'feedback = "explain"' in text
        text = text.replace('feedback = "explain"', f'feedback = "{feedback}"')
        toml.write_text(text, encoding="utf-8")
        return practice.grade(name, "--junitxml=out.xml", *args, exercise=str(folder))

    return grade


def everything(ended: Ended) -> str:
    """All that the run left: terminal, both files of the report, JUnit."""
    written = [path.read_text(encoding="utf-8") for path in ended.folder.iterdir()]
    junit = (ended.folder.parent / "out.xml").read_text(encoding="utf-8")
    return "\n".join([ended.text, *written, junit])


def measured(report: Report) -> set[str]:
    """What tells what is wrong: messages of failures, details, numbers and roles."""
    failed = [check for check in report.checks if check.status == "fail"]
    numbers = [check.example for check in failed if check.example is not None]
    return {
        *(check.message for check in failed),
        *(found.detail for found in report.diagnoses),
        *(str(one.expected) for one in numbers if one.expected is not None),
        *(str(one.got) for one in numbers if one.got is not None),
        *(role.role for role in report.roles),
    }


def pointing(report: Report) -> set[str]:
    """What tells where the fault is and what to do."""
    return {
        text
        for found in report.diagnoses
        for text in (found.code, found.said, found.hint, (found.source or "").strip())
        if text
    }


def results(report: Report) -> list[tuple[str, str, float]]:
    return [(check.id, check.status, check.points) for check in report.checks]


def test_less_is_told_of_the_same_result(told: Told) -> None:
    all_of_it = told("explain", f"{NAME}.py", "gru-rnn")
    explained = all_of_it.report(NAME)
    hidden, places = measured(explained), pointing(explained)
    assert len(hidden) > 10
    assert len(places) > 5
    everywhere = everything(all_of_it).replace('\\"', '"')
    assert sorted(word for word in hidden | places if word not in everywhere) == []

    ended = told("hint", f"{NAME}.py", "gru-rnn")
    hinted, left = ended.report(NAME), everything(ended)
    assert results(hinted) == results(explained)
    assert sorted(word for word in hidden if word in left) == []
    assert [
        replace(one, message=one.said, detail="", fields={}) for one in explained.diagnoses
    ] == list(hinted.diagnoses)
    assert "this exercise gives only hints" in ended.out
    assert "follows from it: state-incomplete. The state lacks some layer's part." in ended.out

    ended = told("verdict", f"{NAME}.py", "gru-rnn")
    verdict, left = ended.report(NAME), everything(ended)
    assert results(verdict) == results(explained)
    assert sorted(word for word in hidden | places if word in left) == []
    assert "this exercise tells only the verdict" in ended.out
    assert "This check did not pass; the exercise tells no more of it." in ended.out


@pytest.mark.parametrize("isolation", ["process", "none"])
@pytest.mark.parametrize("feedback", ["verdict", "hint"])
def test_what_the_code_raises_is_hidden_too(
    practice: Deeprnn, told: Told, feedback: Feedback, isolation: str
) -> None:
    practice.file("raises.py", RAISES)
    ended = told(feedback, "raises.py", "deep-rnn", f"--deeprnn-isolation={isolation}")
    assert ended.report("raises").verdict == "fail"
    left = everything(ended)
    assert [word for word in ("ValueError", "invalid literal") if word in left] == []
    assert ("int('telling')" in left) == (feedback == "hint")


def test_what_the_code_prints_is_the_students_own(practice: Deeprnn, told: Told) -> None:
    practice.file("raises.py", RAISES)
    ended = told("verdict", "raises.py", "deep-rnn", "--deeprnn-isolation=process")
    assert "my own words" in ended.report("raises").output
