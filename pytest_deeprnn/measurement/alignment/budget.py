"""How long reading one network may take: answers that were made up can ask for any effort."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from pytest_deeprnn.core.facts.calls import TakesTooLong
from pytest_deeprnn.measurement.alignment.errors import NotMeasurable

SECONDS = 20.0  # of this process; the largest networks that are asked for take two
MANY = 1_000_000  # pairs, or members of sums, that are followed one by one


@dataclass(frozen=True)
class Budget:
    """Begins when it is made; time in which this process rests does not count."""

    until: float = field(default_factory=lambda: time.thread_time() + SECONDS)

    def spend(self, items: int = 0) -> None:
        """Raise NotMeasurable where the time is up, or where there are too many items."""
        if items > MANY or time.thread_time() > self.until:
            raise NotMeasurable("crash", TakesTooLong())
