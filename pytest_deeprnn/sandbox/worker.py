"""The trusted side's end of a worker: ask, wait for so long, kill."""

from __future__ import annotations

import socket
from typing import Protocol

from pytest_deeprnn.core.settings import Isolation
from pytest_deeprnn.sandbox.protocol.messages import Protection, Ready, Reply, Request, most_bytes
from pytest_deeprnn.sandbox.protocol.spawn_messages import Ended, Kill, Rights, Spawn, Spawned
from pytest_deeprnn.sandbox.protocol.wire import BadFrame, Channel, Closed, TimedOut

_READY_SECONDS = 30.0  # on a busy machine; the jail itself takes milliseconds


class WorkerLost(Exception):
    """A worker will not answer any more."""


class WorkerTimeout(WorkerLost):
    """It did not answer in time and was killed."""


class WorkerDied(WorkerLost):
    """Its process ended; the exit status, negative for a signal, where it is known."""

    def __init__(self, status: int | None) -> None:
        super().__init__(f"exit status {status}")
        self.status = status


class InvalidReply(WorkerLost):
    """It answered something that is no reply, and was killed."""


class NotHeld(Exception):
    """A sandbox was asked for, and a protection is missing; the text names it with its reason."""


class Worker(Protocol):
    """Something that runs a submission."""

    @property
    def protections(self) -> tuple[Protection, ...]:
        """What it is kept from or held to, and what not."""

    def ask(self, request: Request, seconds: float) -> Reply:
        """Send a request and wait for its answer; raises WorkerLost."""

    def close(self) -> object:
        """End it, whatever it does."""


class Spawner(Protocol):
    """Something that makes workers; `refuses` says whether torch's recurrence is refused there."""

    refuses: bool

    def spawn(self, rights: Rights) -> Worker:
        """Make a fresh worker that has loaded nothing."""


class RemoteWorker:
    """A worker in a process of its own, forked and killed by the zygote."""

    def __init__(self, zygote: ZygoteClient, pid: int, connection: socket.socket) -> None:
        self._zygote = zygote
        self._pid = pid
        self.protections = Channel(connection, Ready).receive(_READY_SECONDS).protections
        self._channel: Channel[Reply] = Channel(connection, Reply)  # type: ignore[arg-type]  # a union is no type[T] for mypy
        self._open = True

    def ask(self, request: Request, seconds: float) -> Reply:
        """Send a request and wait for its answer; raises WorkerLost, the worker is then dead."""
        try:
            self._channel.send(request, seconds)
            return self._channel.receive(seconds, most_bytes(request))
        except TimedOut:
            self.close()
            raise WorkerTimeout(f"no answer within {seconds:g} s") from None
        except Closed:
            raise WorkerDied(self.close()) from None
        except BadFrame as error:
            self.close()
            raise InvalidReply(str(error)) from None

    def close(self) -> int | None:
        """Kill the process; its exit status where it had ended by itself."""
        if not self._open:
            return None
        self._open = False
        self._channel.close()
        return self._zygote.kill(self._pid)


class ZygoteClient:
    """Asks the zygote for workers, over the evaluator's connection."""

    refuses = True

    def __init__(self, connection: socket.socket, isolation: Isolation) -> None:
        self._connection = connection
        self._isolation = isolation
        self._channel: Channel[Spawned | Ended] = Channel(connection, Spawned | Ended)  # type: ignore[arg-type]  # as above

    def spawn(self, rights: Rights) -> RemoteWorker:
        """Fork a worker; NotHeld where a sandbox was asked for and is none."""
        self._channel.send(Spawn(jailed=self._isolation != "process", rights=rights))
        answer = self._channel.receive()
        if not isinstance(answer, Spawned):
            raise BadFrame(f"{answer!r} is no answer to Spawn")
        _, descriptors, _, _ = socket.recv_fds(self._connection, 1, 1)
        worker = RemoteWorker(self, answer.pid, socket.socket(fileno=descriptors[0]))
        if self._isolation == "sandbox":
            self._refuse_less(worker)
        return worker

    def kill(self, pid: int) -> int | None:
        """Kill a worker."""
        self._channel.send(Kill(pid))
        answer = self._channel.receive()
        return answer.status if isinstance(answer, Ended) else None

    def _refuse_less(self, worker: RemoteWorker) -> None:
        missing = [one for one in worker.protections if one.hindrance]
        if missing:
            worker.close()
            raise NotHeld(f"no sandbox here: {missing[0].name}: {missing[0].hindrance}")
