"""The type of the fixture that grades a text."""

from __future__ import annotations

from collections.abc import Callable

from pytest_deeprnn.core.report import Report

#: Takes a submission's text and an exercise's name.
Grade = Callable[[str, str], Report]
