"""How a launched run is started: the words, and the variables that it is given."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from pytest_deeprnn import interpreter
from pytest_deeprnn.launch.line import Asked, Place, command_line, variables

PLACE = Place(Path("/run/empty"), Path("/run/temporary"))
ASKED = Asked(
    submissions=(Path("/class/a b.py"), Path("/class.zip")),
    exercise="deep-rnn",
    report=Path("/marks"),
    lang="zh",
    profile="quick",
    seed=7,
    isolation="auto",
    jobs=1,
)


def test_the_words() -> None:
    words = command_line(ASKED, PLACE)
    assert words[1:4] == ["-I", "-m", "pytest"]
    assert Path(words[words.index("-c") + 1]).is_file()
    assert {"--rootdir=/run/empty", "--noconftest", "--deeprnn-strict"} < set(words)
    assert [word for word in words if word.startswith("--deeprnn-submission")] == [
        "--deeprnn-submission=/class/a b.py",
        "--deeprnn-submission=/class.zip",
    ]
    assert {"--deeprnn-exercise=deep-rnn", "--deeprnn-report=/marks", "--deeprnn-seed=7"} < set(
        words
    )
    assert {"--deeprnn-lang=zh", "--deeprnn-profile=quick", "--deeprnn-isolation=auto"} < set(words)


def _plugins(words: list[str]) -> list[str]:
    return [after for word, after in pairwise(words) if word == "-p"]


def test_the_plugins_are_named() -> None:
    alone = command_line(ASKED, PLACE)
    spread = command_line(replace(ASKED, jobs=3), PLACE)
    assert _plugins(alone) == ["no:cacheprovider", "pytest_deeprnn.plugin"]
    assert _plugins(spread) == [*_plugins(alone), "xdist"]
    assert "-n3" in spread
    assert variables(PLACE)["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] == "1"


@pytest.mark.parametrize(
    "name",
    [
        "PYTEST_ADDOPTS",
        "PYTEST_PLUGINS",
        "PYTEST_XDIST_WORKER",
        "PYTHONPATH",
        "PYTHONHOME",
        "PYTHONSTARTUP",
        "HYPOTHESIS_STORAGE_DIRECTORY",
        "COVERAGE_PROCESS_START",
        "LD_PRELOAD",
        "GITHUB_TOKEN",
    ],
)
def test_a_variable_is_not_passed_on(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "x")
    assert name not in variables(PLACE)


def test_what_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {"LANG": "C.UTF-8", "LD_LIBRARY_PATH": "/lib/cuda", "NO_COLOR": "1"}
    for name, value in kept.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("TMPDIR", "/elsewhere")
    given = variables(PLACE)
    assert {name: given[name] for name in kept} == kept
    assert given["TMPDIR"] == "/run/temporary"


def test_a_package_of_this_user_only_stays_importable(monkeypatch: pytest.MonkeyPatch) -> None:
    home = str(Path(interpreter.__file__).parents[1])
    monkeypatch.setattr("site.ENABLE_USER_SITE", True)
    monkeypatch.setattr("site.getusersitepackages", lambda: str(Path(home).resolve()))
    assert interpreter.isolation() == ["-E", "-P"]
    monkeypatch.setattr("site.ENABLE_USER_SITE", False)
    assert interpreter.isolation() == ["-I"]
