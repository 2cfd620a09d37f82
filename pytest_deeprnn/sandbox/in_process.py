"""A worker in this process, for a debugger: no protection, and no grade that counts."""

from __future__ import annotations

from pytest_deeprnn.sandbox.host.host import Host
from pytest_deeprnn.sandbox.protocol.messages import Protection, Raised, Reply, Request
from pytest_deeprnn.sandbox.protocol.spawn_messages import Rights


class LocalWorker:
    """Answers requests by calling the student's functions right here."""

    #: Nothing is held, and nothing is said to be.
    protections: tuple[Protection, ...] = ()

    def __init__(self, spawner: LocalSpawner) -> None:
        self._host = Host()
        self._spawner = spawner

    def ask(self, request: Request, seconds: float) -> Reply:
        """Answer; the time limit cannot be held here."""
        reply = self._host.answer(request)
        if isinstance(reply, Raised):
            self._spawner.error = self._host.error
        return reply

    def close(self) -> None:
        """There is nothing to end."""


class LocalSpawner:
    """Makes workers in this process, and keeps the last exception of the student's code."""

    refuses = False

    def __init__(self) -> None:
        self.error: BaseException | None = None

    def spawn(self, rights: Rights) -> LocalWorker:
        """Make a worker, with all the rights of this process."""
        return LocalWorker(self)
