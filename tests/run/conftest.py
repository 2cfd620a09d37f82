"""Runs of the real command, with learners' files beside it."""

from __future__ import annotations

import pytest
from commands import Deeprnn

_NOTHING_WRAPS = "1000"


@pytest.fixture
def deeprnn(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Deeprnn:
    """The command, in an empty folder of its own, and a terminal so wide that nothing wraps."""
    for name in ("PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT", "PYTEST_XDIST_TESTRUNUID"):
        monkeypatch.delenv(name, raising=False)  # a run inside of a run is no worker of the outer
    monkeypatch.setenv("COLUMNS", _NOTHING_WRAPS)
    return Deeprnn(pytester)
