"""A clean process that imports torch once and forks: first the evaluator, then every worker.

It is started as `python -I -m pytest_deeprnn.worker.zygote FD`, with FD a socket to the
grader's client. The evaluator is forked before any student code exists and takes that socket
over; from then on the zygote serves the evaluator only.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import torch

from pytest_deeprnn.worker import host
from pytest_deeprnn.worker.messages import Request
from pytest_deeprnn.worker.spawning import Ended, Kill, Spawn, Spawned
from pytest_deeprnn.worker.wire import BadFrame, Channel, Closed

MEMORY_LIMIT = 8 << 30  # bytes of data a worker may hold; torch itself needs under one GiB
_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36


def serve_worker(connection: socket.socket) -> None:
    """Answer requests until the connection ends; this is where student code runs."""
    channel: Channel[Request] = Channel(connection, Request)  # type: ignore[arg-type]  # a union is no type[T] for mypy
    served = host.Host()
    host.capture(served)
    with contextlib.suppress(Closed, BadFrame):
        while True:
            channel.send(served.answer(channel.receive()))


class Zygote:
    """Forks workers for the evaluator and ends them."""

    def __init__(self, evaluator: socket.socket, evaluator_pid: int) -> None:
        self._connection = evaluator
        self._evaluator_pid = evaluator_pid
        self._channel: Channel[Spawn | Kill] = Channel(evaluator, Spawn | Kill)  # type: ignore[arg-type]  # as above
        self._workers: set[int] = set()

    def serve(self) -> None:
        """Answer the evaluator until it goes, then leave nothing behind."""
        try:
            while True:
                match self._channel.receive():
                    case Spawn():
                        self._spawn()
                    case Kill(pid=pid):
                        self._channel.send(Ended(self._end(pid)))
        except Closed:
            for pid in list(self._workers):
                self._end(pid)

    def _spawn(self) -> None:
        ours, theirs = socket.socketpair()
        pid = _fork(lambda: _become_worker(theirs, (ours, self._connection)))
        theirs.close()
        self._workers.add(pid)
        self._channel.send(Spawned(pid))
        socket.send_fds(self._connection, [b"+"], [ours.fileno()])
        ours.close()

    def _end(self, pid: int) -> int | None:
        if pid not in self._workers:
            return None
        self._workers.discard(pid)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        self._end_orphans()
        return status

    def _end_orphans(self) -> None:
        """Kill what a worker started in a session of its own; the kernel hands it to us."""
        for pid in orphans(self._workers | {self._evaluator_pid}):
            with contextlib.suppress(ProcessLookupError, ChildProcessError):
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)


def orphans(known: set[int]) -> list[int]:
    """Children of this process that it did not fork itself; none where there is no /proc."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, IndexError, ValueError):
            parent = (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()[1]
            if int(parent) == os.getpid() and int(entry.name) not in known:
                found.append(int(entry.name))
    return found


def _become_worker(connection: socket.socket, foreign: tuple[socket.socket, ...]) -> None:
    os.setsid()
    for other in foreign:
        other.close()
    _die_with_parent()
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_LIMIT, MEMORY_LIMIT))
    serve_worker(connection)


def _die_with_parent() -> None:
    _tell_kernel(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _tell_kernel(option: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value)


def _fork(child: Callable[[], object]) -> int:
    """Fork; the child runs the function and never returns from here."""
    pid = os.fork()
    if pid == 0:
        _run_and_exit(child)
    return pid


def _run_and_exit(child: Callable[[], Any]) -> NoReturn:
    status = 1
    try:
        child()
        status = 0
    finally:
        os._exit(status)


def _become_evaluator(
    control: socket.socket, zygote: socket.socket, foreign: socket.socket
) -> None:
    foreign.close()
    _die_with_parent()
    from pytest_deeprnn.worker import evaluator  # the grader's code stays out of the zygote

    evaluator.main(control, zygote)


def main(descriptor: int) -> None:
    """Import torch, fork the evaluator, and serve it."""
    torch.set_num_threads(1)  # a pool of threads does not survive a fork
    torch.set_default_dtype(torch.float64)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for pytest, which then closes us
    control = socket.socket(fileno=descriptor)
    ours, theirs = socket.socketpair()
    evaluator = _fork(lambda: _become_evaluator(control, theirs, ours))
    control.close()
    theirs.close()
    _tell_kernel(_PR_SET_CHILD_SUBREAPER, 1)
    Zygote(ours, evaluator).serve()
    os.waitpid(evaluator, 0)


if __name__ == "__main__":
    main(int(sys.argv[1]))
