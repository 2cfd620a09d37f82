"""Fuzzes all readers of hostile input for some minutes: python tests/fuzz/run_fuzz.py --minutes 10

Says how many examples were tried of each property. Ends at the first that does not hold, with the
smallest example that shows it; where one hangs, the place is printed after a minute.
"""

from __future__ import annotations

import argparse
import faulthandler
import time
from collections import Counter

from fuzzing import Property, fuzz
from hypothesis import HealthCheck, settings
from reading_properties import READING
from wire_properties import WIRE

_ROUND = 200  # examples before the next property has its turn
_HANGS = 60  # seconds, of one example


def main() -> None:
    """Take turns until the time is over."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--minutes", type=float, default=10)
    until = time.monotonic() + 60 * parser.parse_args().minutes
    tried: Counter[str] = Counter()
    while time.monotonic() < until:
        for one in (*WIRE, *READING):
            _round(one, tried)
    faulthandler.cancel_dump_traceback_later()
    for name, number in tried.items():
        print(f"{number:8} examples: {name}")


def _round(one: Property, tried: Counter[str]) -> None:
    def counted(example: object) -> None:
        faulthandler.dump_traceback_later(_HANGS, exit=True)
        tried[one.name] += 1
        one.check(example)

    budget = settings(
        max_examples=_ROUND, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    fuzz(Property(one.name, one.examples, counted), budget)


if __name__ == "__main__":
    main()
