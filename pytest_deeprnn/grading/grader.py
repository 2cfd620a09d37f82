"""Grades submissions on request: the one core behind the plugin, in this process or another."""

from __future__ import annotations

import functools

import msgspec

from pytest_deeprnn.core.exercise import Exercise
from pytest_deeprnn.core.report import CheckResult, Report
from pytest_deeprnn.core.settings import Settings
from pytest_deeprnn.grading.identify.identify import Identified, identify
from pytest_deeprnn.grading.protocol import Opened
from pytest_deeprnn.grading.submission_grader import Grading
from pytest_deeprnn.measurement.cases.drawn import Case, draw
from pytest_deeprnn.sandbox.in_process import LocalSpawner
from pytest_deeprnn.sandbox.worker import Spawner
from pytest_deeprnn.submission.discover import Submission


class DirectGrader:
    """Grades in the process that asks, with workers from the given spawner."""

    def __init__(self, settings: Settings, spawner: Spawner) -> None:
        self._settings = settings
        self._spawner = spawner
        self._gradings: dict[str, Grading] = {}

    def open(self, submission: Submission, exercise: Exercise | None) -> tuple[Opened, ...]:
        """Take a submission in; without an exercise, find out which ones it answers."""
        if exercise is not None:
            return (self._open(submission, exercise, ()),)
        return tuple(
            self._open(submission, found.exercise, (_reason(found),))
            for found in identify(submission, self._spawner)
        )

    def _open(self, submission: Submission, exercise: Exercise, notes: tuple[str, ...]) -> Opened:
        grading = Grading(
            submission,
            exercise,
            self._settings,
            self._spawner,
            list(_cohort(msgspec.json.encode(exercise), self._settings)),
            notes,
        )
        key = f"{submission.id}::{exercise.name}"
        self._gradings[key] = grading
        return Opened(key, exercise.name, tuple(grading.check_ids))

    def check(self, key: str, name: str) -> CheckResult:
        """Run one check."""
        if isinstance(self._spawner, LocalSpawner):
            self._spawner.error = None
        return self._gradings[key].check(name)

    def student_error(self) -> BaseException | None:
        """What the student's code raised in the last check, where it runs in this process."""
        return self._spawner.error if isinstance(self._spawner, LocalSpawner) else None

    def report(self, key: str) -> Report:
        """Sum up what has been run so far."""
        return self._gradings[key].report()

    def release(self, key: str) -> None:
        """End the submission's process; its report can still be asked for."""
        self._gradings[key].close()

    def forget(self, key: str) -> None:
        """End the submission's process, and drop what is known of it."""
        self._gradings.pop(key).close()

    def close(self) -> None:
        """End all processes of submissions."""
        for grading in self._gradings.values():
            grading.close()


@functools.lru_cache(maxsize=32)
def _cohort(exercise: bytes, settings: Settings) -> tuple[Case, ...]:
    """The cases of an exercise, given as JSON, drawn once in a process."""
    asked = msgspec.json.decode(exercise, type=Exercise)
    return tuple(draw(asked, settings.profile, settings.seed, settings.devices))


def _reason(found: Identified) -> str:
    return f"Graded as {found.exercise.name}, because {found.reason}."
