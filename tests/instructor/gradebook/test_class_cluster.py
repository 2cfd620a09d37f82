"""A Dask cluster of two worker processes gives the same grades, also when one is killed."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from distributed import Client

from pytest_deeprnn.core.exercise import load
from pytest_deeprnn.core.settings import Settings
from pytest_deeprnn.grading.client import RemoteGrader
from pytest_deeprnn.instructor.gradebook.cluster import ClusterExecutor
from pytest_deeprnn.instructor.gradebook.entry import Row
from pytest_deeprnn.instructor.gradebook.intake import entries
from pytest_deeprnn.instructor.gradebook.jobs import Executor, NoCluster
from pytest_deeprnn.instructor.gradebook.local import LocalExecutor
from pytest_deeprnn.instructor.gradebook.run import Run
from pytest_deeprnn.instructor.gradebook.store import Store

SUBMISSIONS = Path(__file__).parents[2] / "submissions"
FILES = (
    "right/rnn_globals.py",
    "cells/rnn_relu.py",
    "wiring/rnn_open_bracket.py",
    "wiring/rnn_last_step.py",
)
SETTINGS = Settings(profile="quick")
Grades = dict[str, tuple[str, float, tuple[str, ...]]]


class Cluster:
    """A scheduler and two workers, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        self._folder = folder
        port = self.address.rpartition(":")[2]
        self.scheduler = self._start("scheduler", "--host=127.0.0.1", f"--port={port}")
        self.workers = [self.more() for _ in range(2)]

    def more(self) -> subprocess.Popen[bytes]:
        """Start one more worker."""
        return self._start("worker", self.address, "--no-nanny", "--nthreads=1")

    def _start(self, what: str, *words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "distributed.cli.dask_" + what, *words]
        quiet = subprocess.DEVNULL
        return subprocess.Popen(
            [*command, "--no-dashboard"], cwd=self._folder, stdout=quiet, stderr=quiet
        )

    def wait(self) -> None:
        """Until both workers are known."""
        with closing(Client(self.address, timeout=30, set_as_default=False)) as client:
            client.wait_for_workers(2, timeout=30)

    def end(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


class Killing:
    """Kills a worker as soon as two submissions have been graded."""

    def __init__(self, worker: subprocess.Popen[bytes] | None = None) -> None:
        self._worker = worker
        self._count = 0

    def begin(self, total: int, known: int) -> None:
        """Nothing is known."""
        assert known == 0

    def advance(self, row: Row) -> None:
        self._count += 1
        if self._count == 2 and self._worker is not None:
            os.kill(self._worker.pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    running = Cluster(tmp_path_factory.mktemp("dask"))
    try:
        running.wait()
        yield running
    finally:
        running.end()


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A class folder."""
    folder = tmp_path / "class"
    folder.mkdir()
    for name in FILES:
        shutil.copy(SUBMISSIONS / name, folder)
    return folder


def grade(course: Path, executor: Executor, heard: Killing) -> Grades:
    """What each student gets: verdict, points and root causes."""
    out = course.parent / f"out-{time.monotonic_ns()}"
    out.mkdir()
    listed = entries([str(course)], out)
    with Store(f"sqlite:///{out / 'gradebook.sqlite'}") as store, closing(executor):
        run = Run(listed, load("rnn"), SETTINGS, store, out)
        run.grade(executor, heard)
        return {row.entry.submission.id: (row.verdict, row.score, row.causes) for row in run.rows()}


def test_the_same_grades_as_here_also_when_a_worker_is_killed(
    course: Path, cluster: Cluster
) -> None:
    here = grade(course, LocalExecutor(lambda: RemoteGrader(SETTINGS), 1), Killing())
    victim = cluster.workers[0]
    killed = grade(course, ClusterExecutor(cluster.address, SETTINGS), Killing(victim))
    assert len(here) == len(FILES)
    assert {verdict for verdict, *_ in here.values()} == {"pass", "fail"}
    assert killed == here
    assert victim.wait(10) == -signal.SIGKILL


def test_no_scheduler_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pytest_deeprnn.instructor.gradebook.cluster._CONNECT_SECONDS", 1)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(NoCluster, match="no scheduler answers there") as caught, suppress(OSError):
        ClusterExecutor(address, SETTINGS)
    assert "\n" not in str(caught.value)
