"""For all tests: pytester, which runs pytest as a user would, and the same surroundings."""

from __future__ import annotations

import gc
import os

from pytest_deeprnn.core.language import VARIABLES

pytest_plugins = ["pytester"]
#: What says that a CI system is there, which would bring its outputs.
_PLATFORMS = ("GITHUB_ACTIONS", "GITLAB_CI", "CLASSROOM")


def pytest_collection_finish() -> None:
    """What is imported by now stays: collecting garbage need not walk through all of torch."""
    gc.freeze()


def pytest_configure() -> None:
    """Before any fixture, some of which start runs: not the developer's surroundings."""
    for name in VARIABLES:
        os.environ.pop(name, None)
    os.environ["LC_ALL"] = "C.UTF-8"
    for name in _PLATFORMS:
        os.environ.pop(name, None)
