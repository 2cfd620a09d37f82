"""A clean process that imports torch once and forks every worker, for one trusted process.

It is started as `python -I -m pytest_deeprnn.sandbox.zygote FD`, with FD a socket to that process.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import sys
import tempfile
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import torch

from pytest_deeprnn.sandbox.host import host
from pytest_deeprnn.sandbox.host.audit_hook import watch
from pytest_deeprnn.sandbox.host.preload import warm
from pytest_deeprnn.sandbox.host.recurrence_block import Refusal, all_kernels, refuse_for_good
from pytest_deeprnn.sandbox.host.seeding import same_in_every_run
from pytest_deeprnn.sandbox.jail import jail
from pytest_deeprnn.sandbox.jail.jail import Jail
from pytest_deeprnn.sandbox.jail.rlimits import processor_time
from pytest_deeprnn.sandbox.protocol.messages import Protection, Ready, Request
from pytest_deeprnn.sandbox.protocol.spawn_messages import Ended, Kill, Rights, Spawn, Spawned
from pytest_deeprnn.sandbox.protocol.wire import BadFrame, Channel, Closed

_OWN = "pytest_deeprnn"
_ON_LINUX = sys.platform == "linux"


def serve_worker(
    connection: socket.socket, rights: Rights, protections: tuple[Protection, ...]
) -> None:
    """Answer requests until the connection ends; this is where student code runs."""
    channel: Channel[Request] = Channel(connection, Request)  # type: ignore[arg-type]  # a union is no type[T] for mypy
    refusal = Refusal(holds=not rights.recurrence)
    if not rights.recurrence:
        refuse_for_good(refusal)
    served = host.Host(refusal)
    host.capture(served)
    watch()
    _hide_own_modules()
    channel.send(Ready(protections=protections))
    with contextlib.suppress(Closed, BadFrame):
        while True:
            channel.send(served.answer(channel.receive()))


def _hide_own_modules() -> None:
    """Take this package's modules from where student code could find them; they go on."""
    for name in [name for name in sys.modules if name.split(".")[0] == _OWN]:
        del sys.modules[name]
    sys.modules["__main__"] = types.ModuleType("__main__")


class Zygote:
    """Forks workers for a trusted process, mostly the evaluator, and ends them."""

    def __init__(self, connection: socket.socket, evaluator_pid: int | None) -> None:
        self._connection = connection
        self._others = set() if evaluator_pid is None else {evaluator_pid}
        self._channel: Channel[Spawn | Kill] = Channel(connection, Spawn | Kill)  # type: ignore[arg-type]  # as above
        self._workers: dict[int, Path] = {}
        self._jail = Jail()

    def serve(self) -> None:
        """Answer the trusted process until it goes, then leave nothing behind."""
        try:
            while True:
                match self._channel.receive():
                    case Spawn() as asked:
                        self._spawn(asked)
                    case Kill(pid=pid):
                        self._channel.send(Ended(self._end(pid)))
        except Closed:
            for pid in list(self._workers):
                self._end(pid)

    def _spawn(self, asked: Spawn) -> None:
        ours, theirs = socket.socketpair()
        place = Path(tempfile.mkdtemp(prefix="deeprnn-worker-"))
        if asked.jailed:
            self._jail.prepare(asked.rights.imports)
        pid = fork(lambda: self._become_worker(theirs, ours, asked, place))
        theirs.close()
        self._workers[pid] = place
        self._channel.send(Spawned(pid))
        socket.send_fds(self._connection, [b"+"], [ours.fileno()])
        ours.close()

    def _end(self, pid: int) -> int | None:
        place = self._workers.pop(pid, None)
        if place is None:
            return None
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        self._end_orphans()
        shutil.rmtree(place, ignore_errors=True)
        return status

    def _end_orphans(self) -> None:
        """Kill what a worker started in a session of its own; the kernel hands it to us."""
        for pid in orphans({*self._workers, *self._others}):
            with contextlib.suppress(ProcessLookupError, ChildProcessError):
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)

    def _become_worker(
        self, connection: socket.socket, foreign: socket.socket, asked: Spawn, place: Path
    ) -> None:
        os.setsid()
        foreign.close()
        self._connection.close()
        die_with_parent()
        null = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(null, descriptor)
        os.close(null)
        if asked.rights.seconds is not None:  # a lower limit stays what it is
            processor_time(asked.rights.seconds)
        if asked.jailed:
            protections = self._jail.enter(asked.rights.imports, place)
        else:
            jail.settle(place)
            protections = jail.limits() + jail.without("it was not asked for")
        serve_worker(connection, asked.rights, protections)


def orphans(known: set[int]) -> list[int]:
    """Children of this process that it did not fork itself; none where there is no /proc."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, IndexError, ValueError):
            parent = (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()[1]
            if int(parent) == os.getpid() and int(entry.name) not in known:
                found.append(int(entry.name))
    return found


def die_with_parent() -> None:
    """End this process when the one that forked it ends, where the system can do so."""
    if _ON_LINUX:
        import pyprctl

        pyprctl.set_pdeathsig(signal.SIGKILL)


def fork(child: Callable[[], object]) -> int:
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


def prepare() -> None:
    """Set torch up for forks: a pool of threads does not survive one."""
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for pytest, which then closes us


def serve(connection: socket.socket, evaluator_pid: int | None = None) -> None:
    """Fork workers for the process at the other end until it goes; its id where it is our child."""
    warm()  # for all workers, as the next lines
    all_kernels()
    same_in_every_run()
    if _ON_LINUX:
        import pyprctl

        pyprctl.set_child_subreaper(True)
    Zygote(connection, evaluator_pid).serve()


if __name__ == "__main__":
    prepare()
    serve(socket.socket(fileno=int(sys.argv[1])))
