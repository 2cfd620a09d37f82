"""Workers for a process that grades nothing: an instructor's own tests call submissions in them."""

from __future__ import annotations

import subprocess
import tempfile

from pytest_deeprnn.core.settings import Isolation
from pytest_deeprnn.sandbox.launch import ZYGOTE, start
from pytest_deeprnn.sandbox.protocol.spawn_messages import Rights
from pytest_deeprnn.sandbox.worker import RemoteWorker, ZygoteClient

_END_SECONDS = 5.0


class OwnSpawner:
    """A zygote of this process's own."""

    refuses = True

    def __init__(self, isolation: Isolation) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  # closed with the process
        self._process, self._socket = start(ZYGOTE, self._errors)
        self._client = ZygoteClient(self._socket, isolation)

    def spawn(self, rights: Rights) -> RemoteWorker:
        """Fork a worker; NotHeld where a sandbox was asked for and is none."""
        return self._client.spawn(rights)

    def close(self) -> None:
        """End the zygote and all workers."""
        self._socket.close()
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._errors.close()
