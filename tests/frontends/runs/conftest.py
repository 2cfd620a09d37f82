"""Runs of the real command, with learners' files beside it."""

from __future__ import annotations

import pytest
from commands import Deeprnn

from pytest_deeprnn.grading import grader as _loaded_before_any_run  # noqa: F401  # see `imported`
from pytest_deeprnn.sandbox.host.preload import warm

_NOTHING_WRAPS = "1000"


@pytest.fixture
def deeprnn(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Deeprnn:
    """The command, in an empty folder of its own, and a terminal so wide that nothing wraps."""
    _alone(monkeypatch)
    return Deeprnn(pytester)


def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run inside of a run is no xdist worker of the outer one."""
    for name in ("PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT", "PYTEST_XDIST_TESTRUNUID"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", _NOTHING_WRAPS)


@pytest.fixture(scope="session")
def imported() -> None:
    """All of torch: pytester takes back what a run imports, and torch can be imported only once."""
    warm()


@pytest.fixture
def practice(imported: None, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Deeprnn:
    """The command in this process and without isolation: ten times as fast, for what needs none."""
    _alone(monkeypatch)
    return Deeprnn(pytester, in_process=True)
