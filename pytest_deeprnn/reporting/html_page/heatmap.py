"""The numbers beside the first that differs, as a strip: each with its sign and its warmth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pytest_deeprnn.core.report import Example


@dataclass(frozen=True)
class Cell:
    """A number as it is written; `heat` is its size in per cent of the largest, with its sign."""

    text: str
    heat: int = 0


@dataclass(frozen=True)
class Unit:
    """One unit: expected and got, and how the latter differs; `first` is the one told above."""

    number: int
    expected: Cell
    got: Cell
    differs: Literal["", "high", "low", "odd"]
    gap: str
    first: bool


def units(example: Example) -> tuple[Unit, ...]:
    """The units of an example; none where a single one would only repeat what is told above."""
    if len(example.expected_units) < 2 or len(example.expected_units) != len(example.got_units):
        return ()
    return tuple(_units(example))


def _units(example: Example) -> Iterator[Unit]:
    pairs = tuple(zip(example.expected_units, example.got_units, strict=True))
    largest = max((abs(value) for pair in pairs for value in pair if value is not None), default=0)
    for number, (expected, got) in enumerate(pairs, start=example.first_unit):
        gap = None if expected is None or got is None else got - expected
        yield Unit(
            number=number,
            expected=_cell(expected, largest),
            got=_cell(got, largest),
            differs=_differs(expected, gap, example.tolerance or 0),
            gap="" if gap is None else _signed(gap),
            first=number == example.unit,
        )


def _cell(value: float | None, largest: float) -> Cell:
    if value is None:
        return Cell("")
    share = round(100 * value / largest) if largest else 0
    return Cell(_written(value), share)


def _differs(
    expected: float | None, gap: float | None, tolerance: float
) -> Literal["", "high", "low", "odd"]:
    """As the check compares: absolutely and relative to the expected number."""
    if expected is None or gap is None:
        return "odd"
    if abs(gap) <= tolerance * (1 + abs(expected)):
        return ""
    return "high" if gap > 0 else "low"


def _signed(gap: float) -> str:
    return ("+" if gap > 0 else "") + _written(gap)


def _written(value: float) -> str:
    return f"{value:.3g}".replace("-", "−")
