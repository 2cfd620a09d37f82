"""The grader as the plugin sees it: questions to the evaluator, which imports torch for us."""

from __future__ import annotations

import contextlib
import subprocess
import tempfile
from typing import TypeVar

from pytest_deeprnn.core import faults
from pytest_deeprnn.core.exercise import Exercise
from pytest_deeprnn.core.report import CheckResult, Report
from pytest_deeprnn.core.settings import Settings
from pytest_deeprnn.grading.protocol import (
    Answer,
    Answered,
    Check,
    Checked,
    Done,
    Forget,
    GraderFailed,
    Open,
    Opened,
    Question,
    Release,
    Start,
    Summarise,
    Summary,
    Taken,
    Trouble,
)
from pytest_deeprnn.sandbox.launch import start
from pytest_deeprnn.sandbox.protocol.wire import BadFrame, Channel, Closed, TimedOut
from pytest_deeprnn.submission.discover import Submission

_PROCESS = "pytest_deeprnn.grading.process"
_END_SECONDS = 5.0
_ANSWER_SECONDS = 1200.0  # far above what a submission may take in all
A = TypeVar("A", bound=Answer)


class RemoteGrader:
    """Starts the zygote at once, so that torch is imported while pytest goes on."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._closed = False
        self._opened: dict[str, tuple[Submission, Exercise | None]] = {}
        self._start()

    def open(self, submission: Submission, exercise: Exercise | None) -> tuple[Opened, ...]:
        """Take a submission in; without an exercise, find out which ones it answers."""
        taken = self._ask(Open(submission, exercise), Taken).opened
        for opened in taken:
            self._opened[opened.key] = (submission, exercise)
            self._known.add(opened.key)
        return taken

    def check(self, key: str, name: str) -> CheckResult:
        """Run one check."""
        self._open_again(key)
        return self._ask(Check(key, name), Checked).result

    def student_error(self) -> BaseException | None:
        """None: the exceptions themselves stay in the student's process."""
        return None

    def report(self, key: str) -> Report:
        """Sum up what has been run so far."""
        self._open_again(key)
        return self._ask(Summarise(key), Summary).report

    def release(self, key: str) -> None:
        """End the submission's process; its report can still be asked for."""
        if key in self._known:
            self._ask(Release(key), Done)

    def forget(self, key: str) -> None:
        """End the submission's process, and drop what is known of it."""
        self._opened.pop(key, None)
        if key in self._known:
            self._known.remove(key)
            self._ask(Forget(key), Done)

    def _open_again(self, key: str) -> None:
        """A new evaluator, after one that ended, knows none of what the old one knew."""
        if key not in self._known and key in self._opened:
            self.open(*self._opened[key])

    def close(self) -> None:
        """End the evaluator, the zygote and all workers."""
        self._closed = True
        self._end()

    def _end(self) -> None:
        self._channel.hang_up()
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()  # the others are told by the kernel that their parent died
            self._process.wait()
        self._errors.close()

    def _start(self) -> None:
        self._known: set[str] = set()
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  # closed with the process
        self._process, ours = start(_PROCESS, self._errors)
        self._channel: Channel[Answered] = Channel(ours, Answered)
        self._channel.send(Start(self._settings))

    def _ask(self, question: Question, expected: type[A]) -> A:
        try:
            self._channel.send(question)
            answered = self._channel.receive(_ANSWER_SECONDS)
        except (Closed, BadFrame, TimedOut) as error:
            if self._closed:  # by another thread: nobody wants an answer any more
                raise GraderFailed("the grader was closed") from None
            reason = self._last_error() or str(error)
            with contextlib.suppress(OSError):
                self._end()
            self._start()  # the other submissions are graded by a new one
            raise GraderFailed(f"the grader's process ended: {reason}") from None
        faults.keep(answered.faults)
        answer = answered.answer
        if isinstance(answer, Trouble):
            raise GraderFailed(answer.message)
        if not isinstance(answer, expected):
            raise GraderFailed(f"{type(answer).__name__} is no answer to {type(question).__name__}")
        return answer

    def _last_error(self) -> str:
        self._errors.seek(0)
        lines = self._errors.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else ""
