"""The worked example as the page shows it: its rows by step and layer, its numbers as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup, escape

from pytest_deeprnn.core.report import Given, Worked, WorkedRow

_OLD = re.compile(r"\b([HC])_\{t-1\}")
_WEIGHT = re.compile(r"\b([Wb])_(\w{1,2})\b")
_CLOSE = 5e-5  # half of the last digit that is shown


@dataclass(frozen=True)
class Number:
    """A number as it is written, and whether it is not as it should be."""

    text: str
    off: bool = False


@dataclass(frozen=True)
class Line:
    """A row of the table; `expected` and `got` are vectors, one for each sequence of the batch."""

    row: WorkedRow
    expected: tuple[tuple[Number, ...], ...]
    got: tuple[tuple[Number, ...], ...]
    first: bool


@dataclass(frozen=True)
class Layer:
    """What one layer reads and computes in a step; number 0 is the output layer, None the end."""

    number: int | None
    cell: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Step:
    """One time step from its input to its output; `shown` where the numbers part."""

    number: int
    tokens: tuple[int, ...]
    layers: tuple[Layer, ...]
    differs: bool
    shown: bool


def steps(worked: Worked) -> tuple[Step, ...]:
    """All steps; what forward returns at last stands in the last one."""
    return tuple(
        Step(
            number=number,
            tokens=worked.tokens[number - 1],
            layers=tuple(_layers(worked, rows)),
            differs=any(row.differs for row in rows),
            shown=number == worked.first.step,
        )
        for number, rows in _by_step(worked)
    )


def _by_step(worked: Worked) -> Iterator[tuple[int, list[WorkedRow]]]:
    for number, rows in groupby(worked.rows, key=lambda row: row.step):
        yield number, list(rows)


def _layers(worked: Worked, rows: list[WorkedRow]) -> Iterator[Layer]:
    first = first_row(worked)
    for number, group in groupby(rows, key=_layer):
        cell = worked.cells[number - 1] if number else ""
        yield Layer(number, cell, tuple(_line(row, row is first) for row in group))


def _layer(row: WorkedRow) -> int | None:
    return None if row.kind == "returns" else row.layer


def first_row(worked: Worked) -> WorkedRow:
    """The row in which the numbers part; there is one, else there were no example."""
    return next(row for row in worked.rows if row.differs)


def _line(row: WorkedRow, first: bool) -> Line:
    expected = tuple(tuple(Number(decimal(one)) for one in values) for values in row.expected)
    got = () if row.got is None else tuple(map(_beside, row.got, row.expected))
    return Line(row, expected, got, first)


def _beside(got: tuple[float | None, ...], expected: tuple[float, ...]) -> tuple[Number, ...]:
    """The student's numbers, each with whether it is another."""
    return tuple(
        Number(decimal(one), one is None or abs(one - right) >= _CLOSE)
        for one, right in zip(got, expected, strict=True)
    )


def decimal(value: float | None) -> str:
    """Write a number with four decimals, without the zeros at its end: 0.4621, −1, NaN."""
    if value is None:
        return "NaN"
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", "−")


def givens(worked: Worked) -> tuple[tuple[int, tuple[Given, ...]], ...]:
    """What each layer starts from, its old state before its weights; the output layer last."""
    layers = dict.fromkeys(given.layer for given in worked.weights)
    every = (*worked.state, *worked.weights)
    return tuple((layer, tuple(one for one in every if one.layer == layer)) for layer in layers)


def literal(given: Given) -> str:
    """Write numbers so that they can be copied into code: a bias as a list, all else as rows."""
    rows = [f"[{', '.join(f'{one:.6g}' for one in row)}]" for row in given.values]
    return rows[0] if given.name.startswith("b") else f"[{', '.join(rows)}]"


def typeset(text: str) -> Markup:
    """Set the subscripts of weights and of the old state: W_xr, H_{t-1}."""
    old = _OLD.sub(r"\1<sub>t−1</sub>", str(escape(text)))
    return Markup(_WEIGHT.sub(r"\1<sub>\2</sub>", old))  # escaped above
