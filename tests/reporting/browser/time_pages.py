"""Prints how long each typical page takes to render once the templates are loaded.

`python tests/reporting/browser/time_pages.py`
"""

from __future__ import annotations

import statistics
import time

from typical import SAMPLES, Sample, sample

_TIMES = 15


def main() -> None:
    """Print the median of each page, and of all pages, in milliseconds."""
    medians = {name: _median(sample(name)) for name in SAMPLES}
    for name, took in medians.items():
        print(f"{name:12} {took:6.1f} ms")
    print(f"{'median':12} {statistics.median(medians.values()):6.1f} ms")


def _median(shown: Sample) -> float:
    """The templates and the lexer are loaded by a first page, which is not counted."""
    assert shown.html
    return statistics.median(_milliseconds(shown) for _ in range(_TIMES))


def _milliseconds(shown: Sample) -> float:
    before = time.perf_counter()
    assert shown.html
    return (time.perf_counter() - before) * 1000


if __name__ == "__main__":
    main()
