"""What the plugin asks the evaluator, and what it answers; both sides are trusted."""

from __future__ import annotations

from typing import Protocol

import msgspec

from pytest_deeprnn.core.exercise import Exercise
from pytest_deeprnn.core.report import CheckResult, Report
from pytest_deeprnn.core.settings import Settings
from pytest_deeprnn.submission.discover import Submission


class Start(msgspec.Struct, frozen=True, tag=True):
    """The settings of the run; sent once, first."""

    settings: Settings


class Open(msgspec.Struct, frozen=True, tag=True):
    """Take a submission in."""

    submission: Submission
    exercise: Exercise | None


class Check(msgspec.Struct, frozen=True, tag=True):
    """Run one check."""

    key: str
    name: str


class Summarise(msgspec.Struct, frozen=True, tag=True):
    """Ask for the report."""

    key: str


class Release(msgspec.Struct, frozen=True, tag=True):
    """End a submission's process."""

    key: str


class Forget(msgspec.Struct, frozen=True, tag=True):
    """End a submission's process and drop what is known of it."""

    key: str


class Opened(msgspec.Struct, frozen=True):
    """A submission under an exercise, ready for its checks."""

    key: str
    exercise: str
    checks: tuple[str, ...]


class Taken(msgspec.Struct, frozen=True, tag=True):
    """A submission under each exercise that it answers."""

    opened: tuple[Opened, ...]


class Checked(msgspec.Struct, frozen=True, tag=True):
    """The outcome of a check."""

    result: CheckResult


class Summary(msgspec.Struct, frozen=True, tag=True):
    """A report."""

    report: Report


class Done(msgspec.Struct, frozen=True, tag=True):
    """Nothing to say."""


class Trouble(msgspec.Struct, frozen=True, tag=True):
    """The grader itself failed."""

    message: str


Question = Start | Open | Check | Summarise | Release | Forget
Answer = Taken | Checked | Summary | Done | Trouble


class Answered(msgspec.Struct, frozen=True):
    """An answer, with the tracebacks of what the grader itself did wrong on the way to it."""

    answer: Answer
    faults: tuple[str, ...] = ()


class Grader(Protocol):
    """Grades submissions on request."""

    def open(self, submission: Submission, exercise: Exercise | None) -> tuple[Opened, ...]:
        """Take a submission in; without an exercise, find out which ones it answers."""

    def check(self, key: str, name: str) -> CheckResult:
        """Run one check."""

    def student_error(self) -> BaseException | None:
        """What the student's code raised in the last check, where it runs in this process."""

    def report(self, key: str) -> Report:
        """Sum up what has been run so far."""

    def release(self, key: str) -> None:
        """End the submission's process; its report can still be asked for."""

    def forget(self, key: str) -> None:
        """End the submission's process, and drop what is known of it."""

    def close(self) -> None:
        """End everything, also while another thread waits for an answer."""


class GraderFailed(Exception):
    """The grader itself failed on a submission, or did not start."""
