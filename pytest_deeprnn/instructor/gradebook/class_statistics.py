"""What a class looks like in sum: one pass over its rows."""

from __future__ import annotations

import heapq
import statistics
from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from pytest_deeprnn.instructor.gradebook.entry import Before, Row

_BINS = 10  # of the histogram, each a tenth of all points
_SLOWEST = 5
_ROUNDING = 1e-9  # a sum of points may miss a bound by its last digit


@dataclass(frozen=True, slots=True)
class Mention:
    """A student as other parts of the page name them."""

    name: str
    page: str


@dataclass(frozen=True, slots=True)
class Change:
    """A grade that has changed: of its row no more is kept, since all may have."""

    told: Mention
    before: Before
    score: float
    max_score: float


@dataclass
class Tally:
    """Counts, and the students that are told apart from the others."""

    total: int = 0
    passed: int = 0
    shares: array[float] = field(default_factory=lambda: array("d"))
    most: float = 0.0
    checks: dict[str, None] = field(default_factory=dict)
    causes: dict[str, list[Mention]] = field(default_factory=lambda: defaultdict(list))
    ungraded: list[tuple[Mention, str]] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    slow: list[tuple[float, int, Mention]] = field(default_factory=list)

    def add(self, row: Row, told: Mention) -> None:
        """Count one row."""
        self.total += 1
        if row.verdict == "error":
            self.ungraded.append((told, row.trouble))
            return
        self.passed += row.verdict == "pass"
        self.shares.append(row.score / row.max_score if row.max_score else 0.0)
        self.most = max(self.most, row.max_score)
        self.checks.update(dict.fromkeys(row.checks))
        for code in dict.fromkeys(row.causes):
            self.causes[code].append(told)
        if row.before is not None:
            self.changed.append(Change(told, row.before, row.score, row.max_score))
        heapq.heappush(self.slow, (row.seconds, self.total, told))
        if len(self.slow) > _SLOWEST:
            heapq.heappop(self.slow)

    @property
    def graded(self) -> int:
        """How many have a grade."""
        return len(self.shares)

    @property
    def median(self) -> float:
        """In points."""
        return statistics.median(self.shares) * self.most if self.shares else 0.0

    @property
    def bins(self) -> list[int]:
        """How many got which tenth of the points; full points belong to the last."""
        found = [0] * _BINS
        for share in self.shares:
            found[min(int(share * _BINS + _ROUNDING), _BINS - 1)] += 1
        return found

    @property
    def frequent(self) -> list[tuple[str, list[Mention]]]:
        """Root causes, those that most students share first."""
        return sorted(self.causes.items(), key=lambda pair: -len(pair[1]))

    @property
    def slowest(self) -> list[tuple[float, Mention]]:
        """Those whose grading took longest."""
        return [(seconds, told) for seconds, _, told in sorted(self.slow, reverse=True)]


def tally(rows: Iterable[tuple[Row, Mention]]) -> Tally:
    """Count all rows."""
    found = Tally()
    for row, told in rows:
        found.add(row, told)
    return found
