"""Starts the zygote: a clean interpreter that is told nothing but where its socket is."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
from typing import IO

from pytest_deeprnn.interpreter import environment, isolation

_ZYGOTE = "pytest_deeprnn.worker.zygote"
#: Asks for a zygote that grades nothing and forks workers for the process that started it.
WORKERS_ONLY = "workers"


def start(errors: IO[bytes], *more: str) -> tuple[subprocess.Popen[bytes], socket.socket]:
    """Start it, its standard error in a file; the process, and our end of its socket."""
    ours, theirs = socket.socketpair()
    process = subprocess.Popen(
        [sys.executable, *isolation(), "-m", _ZYGOTE, str(theirs.fileno()), *more],
        pass_fds=[theirs.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=errors,
        env=_environment(),
        cwd=tempfile.gettempdir(),
    )
    theirs.close()
    return process, ours


def _environment() -> dict[str, str]:
    """What the grader's processes, and so the student's code, may know of the environment."""
    return {**environment(), "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
