"""What is handed to those who grade, and what comes back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

import msgspec

from pytest_deeprnn.core.exercise import Exercise
from pytest_deeprnn.core.report import Report, SubmissionId, error_report
from pytest_deeprnn.grading.protocol import Grader, GraderFailed
from pytest_deeprnn.submission.discover import Submission


class Job(msgspec.Struct, frozen=True):
    """A submission to grade; `key` stands for all that its grade depends on."""

    key: str
    submission: Submission


class Graded(msgspec.Struct, frozen=True):
    """The report of a job."""

    key: str
    report: Report


class NoCluster(Exception):
    """There is no scheduler at the address; the text is one line."""


class Executor(Protocol):
    """Grades many submissions, in whatever order they end."""

    def grade(self, jobs: Iterable[Job], exercise: Exercise) -> Iterator[Graded]:
        """Hand out the jobs one at a time, and give each report as soon as it is there."""

    def close(self) -> None:
        """End all processes, also in the midst of a job."""


def grade(grader: Grader, job: Job, exercise: Exercise) -> Graded:
    """Run all checks of one submission; where the grader fails twice, the report says so."""
    try:
        return Graded(job.key, _report(grader, job.submission, exercise))
    except GraderFailed:
        pass  # it may have been killed: a new one has been started
    try:
        return Graded(job.key, _report(grader, job.submission, exercise))
    except GraderFailed as error:
        return failed(job, exercise, str(error))


def failed(job: Job, exercise: Exercise, reason: str) -> Graded:
    """What is told where no grade could be had."""
    one = job.submission
    told = SubmissionId(id=one.id, path=one.given, sha256=one.sha256())
    return Graded(job.key, error_report(told, exercise.name, reason))


def _report(grader: Grader, submission: Submission, exercise: Exercise) -> Report:
    (opened,) = grader.open(submission, exercise)
    try:
        for check in opened.checks:
            grader.check(opened.key, check)
        return grader.report(opened.key)
    finally:
        grader.forget(opened.key)
