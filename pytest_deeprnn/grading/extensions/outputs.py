"""The outputs that there are: those of the package, and those that hooks add."""

from __future__ import annotations

from collections.abc import Collection

from pytest_deeprnn.grading.extensions import hooks
from pytest_deeprnn.reporting.formats.classroom50 import CLASSROOM50
from pytest_deeprnn.reporting.formats.github import GITHUB
from pytest_deeprnn.reporting.formats.gitlab import GITLAB
from pytest_deeprnn.reporting.formats.gradescope import GRADESCOPE
from pytest_deeprnn.reporting.formats.junit import JUNIT
from pytest_deeprnn.reporting.formats.output import Output

PACKAGED: tuple[Output, ...] = (GITHUB, GITLAB, JUNIT, GRADESCOPE, CLASSROOM50)


def known(names: Collection[str], text: str) -> tuple[Output, ...]:
    """The package's outputs; with a name that is none of these, those of the hooks as well.

    `text` is that of the exercise's hooks. Raises hooks.BadHooks.
    """
    own = {one.name for one in PACKAGED}
    if own.issuperset(names):
        return PACKAGED  # hooks may import torch
    return (*PACKAGED, *hooks.added(text).outputs)
