"""How a launched run is started: the words, and the variables that it is given."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from pytest_deeprnn.core import isolated_python
from pytest_deeprnn.frontends.cli.isolated_command import Place, command_line, variables
from pytest_deeprnn.instructor.gradebook.options import Asked

PLACE = Place(Path("/run/empty"), Path("/run/temporary"))
ASKED = Asked(
    paths=("/class/a b.py", "/class.zip"),
    exercise="deep-rnn",
    out="/marks",
    lang="zh",
    profile="quick",
    seed=7,
    isolation="auto",
    jobs=1,
)


def test_the_words() -> None:
    words = command_line(ASKED)
    assert words[1:4] == ["-I", "-m", "pytest_deeprnn.instructor.gradebook.main"]
    assert msgspec.json.decode(words[4], type=Asked) == ASKED
    assert len(words) == 5


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
    home = str(Path(isolated_python.__file__).parents[1])
    monkeypatch.setattr("site.ENABLE_USER_SITE", True)
    monkeypatch.setattr("site.getusersitepackages", lambda: str(Path(home).resolve()))
    assert isolated_python.isolation() == ["-E", "-P"]
    monkeypatch.setattr("site.ENABLE_USER_SITE", False)
    assert isolated_python.isolation() == ["-I"]
