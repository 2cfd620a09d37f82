"""Fixtures for an instructor's own tests: submission, exercise and reference."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # these import torch, which a run without such tests does not need
    from pytest_deeprnn.core.exercise import Exercise
    from pytest_deeprnn.frontends.pytest_plugin.open_submission import Probing
    from pytest_deeprnn.grading.extensions.probe import Probe, Reference

_PLUGIN = "deeprnn-session"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for a submission once for each of them."""
    session = metafunc.config.pluginmanager.get_plugin(_PLUGIN)
    if session is not None and "submission" in metafunc.fixturenames:
        given = session.submissions
        ids = [one.name for one in given]
        metafunc.parametrize("submission", given, indirect=True, ids=ids, scope="session")


@pytest.fixture(scope="session")
def _probing(request: pytest.FixtureRequest) -> Iterator[Probing]:
    """Opens submissions for tests; one for all of them, since it starts a process."""
    session = request.config.pluginmanager.get_plugin(_PLUGIN)
    if session is None:
        pytest.fail("name a submission: --deeprnn-submission=PATH", pytrace=False)
    from pytest_deeprnn.frontends.pytest_plugin.open_submission import Probing  # imports torch

    probing = Probing(session.settings, session.exercise)
    yield probing
    probing.close()


@pytest.fixture(scope="session")
def submission(request: pytest.FixtureRequest, _probing: Probing) -> Probe:
    """The submission under test: `submission.at(V, H, L)` has its three functions."""
    return _probing.open(request.param)


@pytest.fixture(scope="session")
def exercise(submission: Probe) -> Exercise:
    """What the submission answers: the exercise that was named, else the one found out."""
    return submission.exercise


@pytest.fixture(scope="session")
def reference(submission: Probe) -> Reference:
    """The reference: `reference.at(V, H, L)` computes with the submission's own parameters."""
    from pytest_deeprnn.grading.extensions.probe import Reference

    return Reference(submission)
