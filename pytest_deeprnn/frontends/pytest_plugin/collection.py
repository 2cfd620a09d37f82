"""The pytest nodes: submission, exercise, check."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pytest_deeprnn.core.exercise import Exercise
from pytest_deeprnn.core.report import CheckResult, Report, Status, SubmissionId, error_report
from pytest_deeprnn.core.sanitize import block, line
from pytest_deeprnn.grading.protocol import Grader, GraderFailed, Opened
from pytest_deeprnn.submission.discover import Submission

_UNGRADED = "loads"  # stands for all checks where the grader could not even begin
_UNTOLD = "This check did not pass; the exercise tells no more of it."


class CheckFailed(Exception):
    """A check did not pass; carries its outcome."""

    def __init__(self, result: CheckResult) -> None:
        super().__init__(result.message)
        self.result = result


class SubmissionNode(pytest.Collector):
    """A student's submission."""

    def __init__(
        self, submission: Submission, exercise: Exercise | None, grader: Grader, **node: Any
    ) -> None:
        super().__init__(**node)
        self.submission = submission
        self._exercise = exercise
        self._grader = grader
        self.trouble: GraderFailed | None = None

    @classmethod
    def make(
        cls,
        session: pytest.Session,
        submission: Submission,
        exercise: Exercise | None,
        grader: Grader,
    ) -> SubmissionNode:
        """Make the node under the session, with the submission's name as its id."""
        node: SubmissionNode = cls.from_parent(
            session,
            name=submission.name,
            nodeid=submission.name,
            path=Path(submission.path),
            submission=submission,
            exercise=exercise,
            grader=grader,
        )
        return node

    def collect(self) -> Iterable[pytest.Collector]:
        """One node for each exercise that the submission answers."""
        try:
            answers = self._grader.open(self.submission, self._exercise)
        except GraderFailed as error:
            answers = (Opened(f"{self.submission.id}::unknown", "unknown", (_UNGRADED,)),)
            self.trouble = error
        for opened in answers:
            yield ExerciseNode.from_parent(
                self,
                name=opened.exercise,
                key=opened.key,
                checks=opened.checks,
                grader=self._grader,
            )


class ExerciseNode(pytest.Collector):
    """A submission under one exercise."""

    parent: SubmissionNode

    def __init__(self, key: str, checks: tuple[str, ...], grader: Grader, **node: Any) -> None:
        super().__init__(**node)
        self.key = key
        self.grader = grader
        self._checks = checks

    def collect(self) -> Iterator[CheckItem]:
        """One item for each check."""
        for name in self._checks:
            yield CheckItem.from_parent(self, name=name)

    def teardown(self) -> None:
        """End the submission's process once its last check has run."""
        with contextlib.suppress(GraderFailed):  # then it has ended already
            self.grader.release(self.key)


class CheckItem(pytest.Item):
    """One check of one submission."""

    parent: ExerciseNode
    result: CheckResult | None = None

    def runtest(self) -> None:
        """Run the check; CheckFailed where it does not pass, GraderFailed where we fail."""
        if self.parent.parent.trouble is not None:
            raise self.parent.parent.trouble
        self.result = self.parent.grader.check(self.parent.key, self.name)
        self.user_properties.append(("submission", self.parent.parent.submission.id))
        self.user_properties.append(("points", self.result.points))
        self.user_properties.append(("max_points", self.result.max_points))
        if self.result.status is not Status.PASS:
            error = self.parent.grader.student_error()
            if isinstance(error, Exception):
                raise error  # a debugger then stands in the student's own frame
            raise CheckFailed(self.result)

    def snapshot(self) -> Report:
        """The submission's report with all that has been run so far."""
        submission = self.parent.parent.submission
        try:
            return self.parent.grader.report(self.parent.key)
        except GraderFailed as error:
            told = SubmissionId(id=submission.id, path=submission.given, sha256=submission.sha256())
            return error_report(told, self.parent.name, str(self.parent.parent.trouble or error))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> Any:  # type: ignore[override]  # pytest allows any printable
        """What is wrong, in the student's terms, without a traceback of the grader's."""
        if self.result is not None:
            return block(self.result.message or _UNTOLD)
        if isinstance(excinfo.value, GraderFailed):
            return block(str(excinfo.value))
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, None, str]:
        """The submission's file and the check's name."""
        return Path(line(str(self.path))), None, f"{self.parent.name}: {self.name}"
