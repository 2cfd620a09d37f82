"""The command line and the environment of a graded run."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import msgspec

from pytest_deeprnn.core.isolated_python import environment, isolation
from pytest_deeprnn.instructor.gradebook.options import Asked

#: For the eyes only: how wide the terminal is, and whether it has colours.
_DISPLAY = ("TERM", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR")


@dataclass(frozen=True)
class Place:
    """A run's own folders: an empty one to run in, and one for temporary files."""

    empty: Path
    temporary: Path


def command_line(asked: Asked) -> list[str]:
    """The words that start the run: nothing of the caller's folder or variables is looked at."""
    told = msgspec.json.encode(asked).decode()
    return [sys.executable, *isolation(), "-m", "pytest_deeprnn.instructor.gradebook.main", told]


def variables(place: Place) -> dict[str, str]:
    """The environment, by an allow-list."""
    return {**environment(*_DISPLAY), "TMPDIR": str(place.temporary)}
