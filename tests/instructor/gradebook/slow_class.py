"""Grades a folder's files by the points that they name, slowly: `slow_class.py CLASS OUT`."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from pytest_deeprnn.core.exercise import Exercise, load
from pytest_deeprnn.core.report import SubmissionId, error_report
from pytest_deeprnn.core.settings import Settings
from pytest_deeprnn.instructor.gradebook.entry import Row
from pytest_deeprnn.instructor.gradebook.intake import entries
from pytest_deeprnn.instructor.gradebook.jobs import Graded, Job
from pytest_deeprnn.instructor.gradebook.run import Run
from pytest_deeprnn.instructor.gradebook.store import Store

_SECONDS = 0.01


class Slow:
    """Takes its time, and says what it has graded."""

    def grade(self, jobs: Iterable[Job], exercise: Exercise) -> Iterator[Graded]:
        for job in jobs:
            time.sleep(_SECONDS)
            points = float(Path(job.submission.path).read_text().removeprefix("# "))
            told = error_report(SubmissionId(id="x", path="x.py", sha256=""), exercise.name, "")
            print(job.submission.id, flush=True)
            yield Graded(job.key, replace(told, verdict="fail", score=points, max_score=1000))

    def close(self) -> None:
        """Nothing is open."""


class Silent:
    """Says nothing."""

    def begin(self, total: int, known: int) -> None:
        """Nothing."""

    def advance(self, row: Row) -> None:
        """Nothing."""


if __name__ == "__main__":
    place, out = sys.argv[1], Path(sys.argv[2])
    with Store(f"sqlite:///{out / 'gradebook.sqlite'}") as store:
        listed = entries([place], out)
        Run(listed, load("rnn"), Settings(), store, out).grade(Slow(), Silent())
