"""For all tests: pytester, which runs pytest as a user would, and the same language everywhere."""

from __future__ import annotations

import os

from pytest_deeprnn.language import VARIABLES

pytest_plugins = ["pytester"]


def pytest_configure() -> None:
    """Before any fixture, some of which start runs: not the developer's language but English."""
    for name in VARIABLES:
        os.environ.pop(name, None)
    os.environ["LC_ALL"] = "C.UTF-8"
