"""Opens submissions for an instructor's own tests, in the process that runs these."""

from __future__ import annotations

from pytest_deeprnn.core.exercise import Exercise
from pytest_deeprnn.core.settings import Settings
from pytest_deeprnn.grading.contract_search.search import complete_for
from pytest_deeprnn.grading.extensions import hooks
from pytest_deeprnn.grading.extensions.probe import Probe
from pytest_deeprnn.grading.identify.identify import identify
from pytest_deeprnn.measurement.calls.runner import SubmissionRunner
from pytest_deeprnn.measurement.cases.drawn import draw
from pytest_deeprnn.measurement.recording.gate_names import as_meant
from pytest_deeprnn.measurement.traces import Traces
from pytest_deeprnn.sandbox.in_process import LocalSpawner
from pytest_deeprnn.sandbox.spawner import OwnSpawner
from pytest_deeprnn.submission.discover import Submission
from pytest_deeprnn.submission.prepare import prepare


class Probing:
    """Opens each submission once; all of them end with it."""

    def __init__(self, settings: Settings, exercise: Exercise | None) -> None:
        self._settings = settings
        self._exercise = exercise
        is_local = settings.isolation == "none"
        self._spawner = LocalSpawner() if is_local else OwnSpawner(settings.isolation)
        self._probes: dict[str, Probe] = {}
        self._students: list[SubmissionRunner] = []

    def open(self, submission: Submission) -> Probe:
        """A probe into a submission; Unreadable where it cannot be read."""
        if submission.id not in self._probes:
            self._probes[submission.id] = self._open(submission)
        return self._probes[submission.id]

    def _open(self, submission: Submission) -> Probe:
        exercise = self._exercise or identify(submission, self._spawner)[0].exercise
        read = prepare(submission, frozenset(exercise.network.cells))
        prepared = complete_for(exercise, read, self._spawner)
        student = SubmissionRunner(
            self._spawner,
            prepared.load,
            prepared.contract,
            prepared.constants,
            exercise.imports,
        )
        self._students.append(student)
        settings = self._settings
        cases = list(draw(exercise, "quick", settings.seed, settings.devices))
        mutations = hooks.added(exercise.hooks).mutations
        return Probe(
            Traces(prepared, student, exercise, cases, as_meant, mutations), submission.name
        )

    def close(self) -> None:
        """End all processes."""
        for student in self._students:
            student.close()
        if isinstance(self._spawner, OwnSpawner):
            self._spawner.close()
