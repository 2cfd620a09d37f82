"""Runs the grading in an empty folder of its own, and says how that ended."""

from __future__ import annotations

import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pytest_deeprnn.frontends.cli.isolated_command import Place, command_line, variables
from pytest_deeprnn.instructor.gradebook.options import Asked


@contextmanager
def workplace() -> Iterator[Place]:
    """Fresh folders, which are removed with all that the run has left in them."""
    base = Path(tempfile.mkdtemp(prefix="deeprnn-graded-"))
    place = Place(base / "empty", base / "temporary")
    try:
        place.empty.mkdir()
        place.temporary.mkdir()
        yield place
    finally:
        shutil.rmtree(base, ignore_errors=True)  # a submission may have left what cannot go


def run(asked: Asked, place: Place) -> int:
    """Run to the end and give the exit code; what is printed passes through."""
    process = subprocess.Popen(
        command_line(asked),
        cwd=place.empty,
        env=variables(place),
        stdin=subprocess.DEVNULL,
    )
    previous = signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    try:
        return _wait(process)
    finally:
        signal.signal(signal.SIGTERM, previous)


def _wait(process: subprocess.Popen[bytes]) -> int:
    """A terminal sends Ctrl-C to the run as well, which then ends in its own way."""
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue
