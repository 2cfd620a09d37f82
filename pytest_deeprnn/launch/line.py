"""The command line and the environment of a graded run."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from pytest_deeprnn.interpreter import environment, isolation

#: For the eyes only: how wide the terminal is, and whether it has colours.
_DISPLAY = ("TERM", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a graded run is asked for; all paths are absolute."""

    submissions: tuple[Path, ...]
    exercise: str
    report: Path
    lang: str
    profile: str
    seed: int
    isolation: str
    jobs: int


@dataclass(frozen=True)
class Place:
    """A run's own folders: an empty one to run in, and one for temporary files."""

    empty: Path
    temporary: Path


def command_line(asked: Asked, place: Place) -> list[str]:
    """The words that start pytest."""
    return [
        *(sys.executable, *isolation(), "-m", "pytest"),
        *("-c", str(files("pytest_deeprnn.launch").joinpath("graded.ini"))),
        f"--rootdir={place.empty}",
        "--noconftest",
        *("-p", "no:cacheprovider", "-p", "pytest_deeprnn.plugin"),
        *_spread(asked.jobs),
        "--deeprnn-strict",
        *(f"--deeprnn-{name}={value}" for name, value in _options(asked)),
    ]


def variables(place: Place) -> dict[str, str]:
    """The environment: an allow-list, and what closes the set of plugins."""
    return {
        **environment(*_DISPLAY),
        "TMPDIR": str(place.temporary),
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "PYTHONSAFEPATH": "1",  # for the interpreters that xdist starts without our flags
    }


def _options(asked: Asked) -> list[tuple[str, object]]:
    return [
        *(("submission", path) for path in asked.submissions),
        ("exercise", asked.exercise),
        ("report", asked.report),
        ("lang", asked.lang),
        ("profile", asked.profile),
        ("seed", asked.seed),
        ("isolation", asked.isolation),
    ]


def _spread(jobs: int) -> list[str]:
    return ["-p", "xdist", f"-n{jobs}"] if jobs > 1 else []
