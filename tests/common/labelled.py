"""The labelled submissions: what is known of each, and how one is graded."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from pytest_deeprnn.core.exercise import load
from pytest_deeprnn.core.report import Report
from pytest_deeprnn.core.settings import Profile, Settings
from pytest_deeprnn.grading.grader import DirectGrader
from pytest_deeprnn.measurement.calls import runner
from pytest_deeprnn.sandbox.in_process import LocalSpawner
from pytest_deeprnn.sandbox.spawner import OwnSpawner
from pytest_deeprnn.sandbox.worker import Spawner
from pytest_deeprnn.submission.discover import discover

FOLDER = Path(__file__).parents[1] / "submissions"
_HANGS = 3.0  # seconds of a call


@dataclass(frozen=True)
class Label:
    """What a labels.toml says of one file; `codes` are empty for a right one.

    `codes` holds the root cause first and then what may as well be named first; `line` is the
    faulty line's text, empty where the fault is something left out.
    """

    path: Path
    exercise: str
    codes: tuple[str, ...]
    check: str
    line: str

    @property
    def id(self) -> str:
        """The folder's and the file's name."""
        return f"{self.path.parent.name}/{self.path.name}"

    @property
    def cell(self) -> str:
        """The cells that the exercise asks for."""
        return "+".join(load(self.exercise).network.cells)


def labels() -> Iterator[Label]:
    """All labels, folder by folder."""
    for file in sorted(FOLDER.glob("*/labels.toml")):
        for name, label in tomllib.loads(file.read_text(encoding="utf-8")).items():
            yield Label(
                path=file.parent / name,
                exercise=label["exercise"],
                codes=tuple(label.get("codes", ())),
                check=label.get("check", ""),
                line=label.get("line", ""),
            )


def graded(label: Label, profile: Profile = "quick") -> Report:
    """Grade one submission under its exercise."""
    (submission,) = discover([str(label.path)])
    settings = Settings(profile=profile)
    with _spawner(label) as spawner, closing(DirectGrader(settings, spawner)) as grader:
        (opened,) = grader.open(submission, load(label.exercise))
        for check in opened.checks:
            grader.check(opened.key, check)
        return grader.report(opened.key)


@contextmanager
def _spawner(label: Label) -> Iterator[Spawner]:
    """Only a process of its own can be stopped; what hangs for ever hangs for less as well."""
    if label.codes[:1] != ("timeout",):
        yield LocalSpawner()
        return
    with closing(OwnSpawner("auto")) as spawner, patch.object(runner, "CALL_SECONDS", _HANGS):
        yield spawner


def open_checks(report: Report) -> dict[str, str]:
    """The checks that did not pass, with what they say."""
    return {check.id: check.message for check in report.checks if check.status != "pass"}
