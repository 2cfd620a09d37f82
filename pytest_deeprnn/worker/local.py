"""A worker in this process, for a debugger: no protection, and no grade that counts."""

from __future__ import annotations

import torch

from pytest_deeprnn.worker.host import Host
from pytest_deeprnn.worker.messages import Reply, Request


class LocalWorker:
    """Answers requests by calling the student's functions right here."""

    def __init__(self, reraise: bool) -> None:
        self._host = Host(reraise=reraise)

    def ask(self, request: Request, seconds: float) -> Reply:
        """Answer; the time limit cannot be held here."""
        dtype = torch.get_default_dtype()
        try:
            return self._host.answer(request)
        finally:
            torch.set_default_dtype(dtype)

    def close(self) -> None:
        """There is nothing to end."""


class LocalSpawner:
    """Makes workers in this process; with `reraise` the student's exceptions come through."""

    def __init__(self, reraise: bool) -> None:
        self._reraise = reraise

    def spawn(self) -> LocalWorker:
        """Make a worker."""
        return LocalWorker(self._reraise)
