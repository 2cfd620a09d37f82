"""Grades on this machine: a warm grader for each core, and one thread that talks to it."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable, Iterable, Iterator

from pytest_deeprnn.core import faults
from pytest_deeprnn.core.exercise import Exercise
from pytest_deeprnn.grading.protocol import Grader
from pytest_deeprnn.instructor.gradebook.jobs import Graded, Job, failed, grade

_LOOK_SECONDS = 0.5  # how long an interrupt may have to wait


class LocalExecutor:
    """Threads that wait for graders, which are processes of their own."""

    def __init__(self, start: Callable[[], Grader], graders: int) -> None:
        """`start` starts a grader, of which there are so many once there are jobs."""
        self._start = start
        self._most = graders
        self._graders: list[Grader] = []
        self._closed = threading.Event()

    def grade(self, jobs: Iterable[Job], exercise: Exercise) -> Iterator[Graded]:
        """Hand out the jobs one at a time, and give each report as soon as it is there."""
        waiting, done = list(jobs)[::-1], queue.SimpleQueue[Graded]()
        count = len(waiting)
        while len(self._graders) < min(self._most, count):
            self._graders.append(self._start())
        for grader in self._graders:
            threading.Thread(
                target=self._work, args=(grader, waiting, exercise, done), daemon=True
            ).start()
        for _ in range(count):
            yield _next(done)

    def close(self) -> None:
        """End all processes, also in the midst of a job."""
        self._closed.set()
        for grader in self._graders:
            grader.close()

    def _work(
        self,
        grader: Grader,
        waiting: list[Job],
        exercise: Exercise,
        done: queue.SimpleQueue[Graded],
    ) -> None:
        while waiting and not self._closed.is_set():
            try:
                job = waiting.pop()
            except IndexError:  # another thread was faster
                return
            try:
                done.put(grade(grader, job, exercise))
            except Exception as error:  # whatever it is, the others are graded
                done.put(failed(job, exercise, faults.record(error)))


def _next(done: queue.SimpleQueue[Graded]) -> Graded:
    """Wait in short turns: a main thread that waits for good hears no Ctrl-C on some systems."""
    while True:
        with contextlib.suppress(queue.Empty):
            return done.get(timeout=_LOOK_SECONDS)
