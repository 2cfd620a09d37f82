"""Which outputs a run has: asked for, or of the platform that it runs on."""

from __future__ import annotations

from pathlib import Path

import pytest
from making import FAULTY, result

from pytest_deeprnn.grading.extensions.outputs import PACKAGED
from pytest_deeprnn.reporting.formats import gradescope, writer
from pytest_deeprnn.reporting.formats.output import BadOutput
from pytest_deeprnn.reporting.formats.selection import chosen

ACTIONS = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": "/tmp/s.md", "GITHUB_WORKSPACE": "/w"}


def paths(*asked: str, **variables: str) -> dict[str, str]:
    found = chosen(asked, PACKAGED, variables, Path("/out"), Path("/here"))
    return {one.output: one.path for one in found}


def test_nothing_is_on_by_itself_elsewhere() -> None:
    assert paths() == {}


def test_a_platform_turns_its_own_on() -> None:
    assert paths(**ACTIONS) == {"github": "/tmp/s.md"}
    assert paths(GITLAB_CI="true") == {
        "gitlab": "/out/gl-code-quality-report.json",
        "junit": "/out/junit.xml",
    }


def test_gradescope_is_known_by_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gradescope, "_RESULTS", tmp_path)
    assert paths() == {"gradescope": str(tmp_path / "results.json")}


def test_none_leaves_only_what_was_asked_for() -> None:
    assert paths("none", **ACTIONS) == {}
    assert paths("none", "junit", **ACTIONS) == {"junit": "/out/junit.xml"}


def test_a_path_is_the_callers_and_the_platform_s_place_comes_first() -> None:
    assert paths("junit=a/b.xml", "github=mine.md", **ACTIONS) == {
        "junit": "/here/a/b.xml",
        "github": "/here/mine.md",
    }
    assert paths("github", **ACTIONS) == {"github": "/tmp/s.md"}


def test_an_output_knows_no_more_of_the_environment_than_it_names() -> None:
    (found,) = chosen((), PACKAGED, {**ACTIONS, "GITHUB_TOKEN": "s"}, Path("/out"), Path("/here"))
    assert found.variables == {"GITHUB_WORKSPACE": "/w"}


@pytest.mark.parametrize("asked", ["", "githup", "=x", "xml=a.xml"])
def test_an_unknown_name_is_told_with_those_there_are(asked: str) -> None:
    with pytest.raises(BadOutput, match="no such output; there are github, gitlab, junit"):
        paths(asked)


def test_one_that_cannot_be_written_loses_none_of_the_others(tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("")
    wanted = chosen(("junit=blocked/j.xml", "gitlab"), PACKAGED, {}, tmp_path / "out", tmp_path)
    said = list(writer.write(wanted, PACKAGED, [result(FAULTY, tmp_path)], "en"))
    assert len(said) == 1
    assert "output junit was not written" in said[0]
    assert (tmp_path / "out" / "gl-code-quality-report.json").exists()
