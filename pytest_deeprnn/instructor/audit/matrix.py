"""The detection matrix: all judgements of an audit, by fault and style."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from statistics import median

import msgspec

from pytest_deeprnn.instructor.audit.judge import MARKS, Judged, Mark

SCHEMA = "pytest-deeprnn/audit/1"


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """How many faults there were, and how many of them were caught, named first and proven."""

    faults: int
    caught: int
    named: int
    exact: int
    right: int
    false_alarms: int
    median_seconds: float


class Row(msgspec.Struct, frozen=True):
    """One fault, or one right variant, in every style that it was tried in."""

    code: str
    cell: str
    fault: str
    judged: tuple[Judged, ...]

    def mark(self, style: str) -> Mark | None:
        """The worst mark in a style; None where it was not tried."""
        marks = [one.mark for one in self.judged if one.style == style]
        return max(marks, key=MARKS.index, default=None)


class Matrix(msgspec.Struct, frozen=True, kw_only=True):
    """One exercise's audit."""

    exercise: str
    profile: str
    styles: tuple[str, ...]
    judged: tuple[Judged, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The faults in their order, right variants first."""
        found: dict[tuple[str, str, str], list[Judged]] = {}
        for one in self.judged:
            code = one.expected[0] if one.expected else ""
            found.setdefault((code, one.cell, one.fault), []).append(one)
        return tuple(Row(*key, tuple(some)) for key, some in found.items())

    @property
    def totals(self) -> Totals:
        """The sums over all submissions."""
        return totals(self.judged)

    @property
    def by_code(self) -> dict[str, Totals]:
        """The sums for each root cause."""
        codes = dict.fromkeys(one.expected[0] for one in self.judged if one.expected)
        return {
            code: totals(one for one in self.judged if one.expected[:1] == (code,))
            for code in sorted(codes)
        }

    def marked(self, *marks: Mark) -> tuple[Judged, ...]:
        """The submissions that were judged so."""
        return tuple(one for one in self.judged if one.mark in marks)

    @property
    def is_clean(self) -> bool:
        """Whether everything was caught, without a false alarm."""
        return not self.marked("MISSED", "ALARM")


def totals(judged: Iterable[Judged]) -> Totals:
    """The sums over some submissions."""
    some = list(judged)

    def count(holds: Callable[[Judged], bool]) -> int:
        return sum(map(holds, some))

    return Totals(
        faults=count(lambda one: not one.is_right),
        caught=count(lambda one: one.mark in ("exact", "named", "caught")),
        named=count(lambda one: one.mark in ("exact", "named")),
        exact=count(lambda one: one.mark == "exact"),
        right=count(lambda one: one.is_right),
        false_alarms=count(lambda one: one.mark == "ALARM"),
        median_seconds=round(median(one.seconds for one in some), 2) if some else 0.0,
    )


def as_json(matrix: Matrix) -> bytes:
    """Everything as indented JSON, with each submission's mark."""
    judged = [{**msgspec.structs.asdict(one), "mark": one.mark} for one in matrix.judged]
    written = {
        "schema": SCHEMA,
        "exercise": matrix.exercise,
        "profile": matrix.profile,
        "styles": matrix.styles,
        "totals": matrix.totals,
        "results": judged,
    }
    return msgspec.json.format(msgspec.json.encode(written), indent=2) + b"\n"
