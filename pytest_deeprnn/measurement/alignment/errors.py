"""What keeps a network from being read."""

from __future__ import annotations

from pytest_deeprnn.core.facts.fact import Fact, as_fact


class NotMeasurable(Exception):
    """The calls tell nothing of single numbers: the code of the cause, and what was seen."""

    def __init__(self, code: str, measured: Fact | str) -> None:
        self.fact = as_fact(measured)
        super().__init__(self.fact.said())
        self.code = code
