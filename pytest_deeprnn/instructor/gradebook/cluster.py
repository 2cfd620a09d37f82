"""Grades on many machines: a Dask cluster, whose workers each keep warm graders in jails."""

from __future__ import annotations

import itertools
import tempfile
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from distributed import Client, Future, as_completed

from pytest_deeprnn.core import faults
from pytest_deeprnn.core.exercise import Exercise
from pytest_deeprnn.core.report import Report
from pytest_deeprnn.core.settings import Settings
from pytest_deeprnn.grading.client import RemoteGrader
from pytest_deeprnn.instructor.gradebook.cache_key import modules_beside, program
from pytest_deeprnn.instructor.gradebook.jobs import Graded, Job, NoCluster, failed, grade
from pytest_deeprnn.submission.discover import Submission
from pytest_deeprnn.submission.errors import Unreadable
from pytest_deeprnn.submission.files import contents
from pytest_deeprnn.submission.source import MAX_BYTES, MAX_NOTEBOOK

_CONNECT_SECONDS = 20
_AHEAD = 2  # jobs for each thread, so that none waits for the next; few are lost with a worker
_here = threading.local()


class Sent(msgspec.Struct, frozen=True):
    """A job with all files that its grading reads: machines may have no folder in common."""

    job: Job
    files: dict[str, bytes]


class Returned(msgspec.Struct, frozen=True):
    """A report, with the tracebacks of the grader's own faults on that machine."""

    report: Report
    faults: tuple[str, ...]


class ClusterExecutor:
    """Hands jobs to a scheduler, which finds the workers, also when one of them dies."""

    def __init__(self, address: str, settings: Settings) -> None:
        """Connect; NoCluster where nobody answers."""
        try:
            self._client = Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise NoCluster(f"--cluster {address}: no scheduler answers there: {error}") from None
        self._settings = settings

    def grade(self, jobs: Iterable[Job], exercise: Exercise) -> Iterator[Graded]:
        """Hand out few jobs more than there are threads, and give each report when it is there."""
        waiting = iter(list(jobs))
        threads = sum(self._client.nthreads().values()) or 1
        running = {self._submit(job, exercise): job for job in _some(waiting, _AHEAD * threads)}
        done = as_completed(list(running), loop=self._client.loop)
        for future in done:
            job = running.pop(future)
            for more in _some(waiting, 1):
                new = self._submit(more, exercise)
                running[new] = more
                done.add(new)
            yield _graded(future, job, exercise)

    def close(self) -> None:
        """Leave the cluster; what nobody waits for is not graded there."""
        self._client.close()

    def _submit(self, job: Job, exercise: Exercise) -> Future[bytes]:
        data = msgspec.msgpack.encode(Sent(job, dict(_files(job.submission))))
        return self._client.submit(
            grade_there, data, exercise, self._settings, program(), pure=False, retries=1
        )


def grade_there(sent: bytes, exercise: Exercise, settings: Settings, asked: str) -> bytes:
    """Grade on a worker's machine; RuntimeError where its program is another one."""
    if program() != asked:
        raise RuntimeError("this worker has another version of pytest-deeprnn, or of torch")
    one = msgspec.msgpack.decode(sent, type=Sent)
    with tempfile.TemporaryDirectory(prefix="deeprnn-") as place:
        job = msgspec.structs.replace(one.job, submission=_placed(one, Path(place)))
        report = grade(_grader(settings), job, exercise).report
        return msgspec.msgpack.encode(Returned(report, faults.take()))


def _grader(settings: Settings) -> RemoteGrader:
    """One for each thread of a worker, warm as long as the settings stay the same."""
    if getattr(_here, "settings", None) != settings:
        if hasattr(_here, "grader"):
            _here.grader.close()
        _here.settings, _here.grader = settings, RemoteGrader(settings)
    grader: RemoteGrader = _here.grader
    return grader


def _files(one: Submission) -> Iterator[tuple[str, bytes]]:
    """The main file and the modules beside it; what cannot be read is missing there as well."""
    main = Path(one.path)
    paths = [(main, MAX_NOTEBOOK)] if not one.problem else []
    if one.folder is not None:
        paths += [(path, MAX_BYTES) for path in modules_beside(Path(one.folder))]
    for path, limit in paths:
        folder = main.parent if one.folder is None else Path(one.folder)
        try:
            yield str(path.relative_to(folder)), contents(path, limit, "it is too long")
        except (Unreadable, ValueError):
            continue


def _placed(sent: Sent, place: Path) -> Submission:
    for name, data in sent.files.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    one = sent.job.submission
    folder = None if one.folder is None else str(place)
    return msgspec.structs.replace(one, path=str(place / Path(one.path).name), folder=folder)


def _graded(future: Future[bytes], job: Job, exercise: Exercise) -> Graded:
    try:
        returned = msgspec.msgpack.decode(future.result(), type=Returned)
    except Exception as error:  # a worker's, or the scheduler's when workers keep dying
        faults.record(error)
        return failed(job, exercise, f"{type(error).__name__}: {error}".splitlines()[0])
    faults.keep(returned.faults)
    return Graded(job.key, returned.report)


def _some(jobs: Iterator[Job], count: int) -> Iterator[Job]:
    return itertools.islice(jobs, count)
