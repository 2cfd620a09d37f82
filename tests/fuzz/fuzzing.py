"""Properties of what reads hostile input, and how they are tried on many examples."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

SECONDS = 5.0  # of processor time for one example, on the slowest machine


@dataclass(frozen=True)
class Property:
    """What must hold for every example; it raises AssertionError, or what was not documented."""

    name: str
    examples: st.SearchStrategy[Any]
    check: Callable[[Any], None]


def fuzz(one: Property, budget: settings) -> None:
    """Try a property on as many examples as the settings say."""

    @budget
    @given(one.examples)
    def holds(example: Any) -> None:
        start = time.process_time()
        one.check(example)
        assert time.process_time() - start < SECONDS

    holds()
