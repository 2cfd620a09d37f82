"""Starts a module in a clean interpreter that is told nothing but where its socket is."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
from typing import IO

from pytest_deeprnn.core.isolated_python import environment, isolation

#: Forks workers for the process that starts it.
ZYGOTE = "pytest_deeprnn.sandbox.zygote"
#: What torch and numpy read as they load: threads do not outlive a fork, and in the jail the
#: buffers of numpy's own, one a core, would take the memory that a submission may have.
_THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")


def start(module: str, errors: IO[bytes]) -> tuple[subprocess.Popen[bytes], socket.socket]:
    """Start a module, its standard error in a file; the process, and our end of its socket."""
    ours, theirs = socket.socketpair()
    process = subprocess.Popen(
        [sys.executable, *isolation(), "-m", module, str(theirs.fileno())],
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
    return {**environment(), **dict.fromkeys(_THREADS, "1")}
