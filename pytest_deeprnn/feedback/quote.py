"""The student's line that a diagnosis points at, with its neighbours."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass

from pytest_deeprnn.report import Diagnosis

AROUND = 2
WIDEST = 200  # characters of a line: a minified file must not swell the page


@dataclass(frozen=True)
class Line:
    """One line of the student's text; `number` counts from 1, None where it is not known."""

    number: int | None
    text: str
    marked: bool


@dataclass(frozen=True)
class Quote:
    """A few lines of one file, or of one cell of a notebook."""

    file: str
    cell: int | None
    lines: tuple[Line, ...]


def source_key(file: str, cell: int | None = None) -> str:
    """Name a text in `sources`: the file's name, for a notebook's cell `FILE#CELL`."""
    return file if cell is None else f"{file}#{cell}"


def quote(diagnosis: Diagnosis, main: str, sources: Mapping[str, str]) -> Quote | None:
    """Find the lines to show; `diagnosis.source` where the text lacks them, None without either."""
    file = diagnosis.file or main
    text = sources.get(source_key(file, diagnosis.cell))
    lines = _around(text, diagnosis.line) or _given(diagnosis)
    return Quote(file, diagnosis.cell, lines) if lines else None


def _around(text: str | None, line: int | None) -> tuple[Line, ...]:
    if text is None or line is None:
        return ()
    lines = _split(text)
    if not 1 <= line <= len(lines):
        return ()
    first = max(1, line - AROUND)
    shown = _dedent(lines[first - 1 : line + AROUND])
    return tuple(Line(n, _narrow(t), n == line) for n, t in enumerate(shown, first))


def _given(diagnosis: Diagnosis) -> tuple[Line, ...]:
    """Mark the lines of `source`: it holds the fault and nothing around it."""
    start = diagnosis.line
    lines = _dedent(_split(diagnosis.source)) if diagnosis.source else []
    return tuple(
        Line(None if start is None else start + i, _narrow(text), True)
        for i, text in enumerate(lines[: 2 * AROUND + 1])
    )


def _split(text: str) -> list[str]:
    """Split as Python counts lines; str.splitlines would also break at a form feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _dedent(lines: list[str]) -> list[str]:
    """Take off the indentation that all lines share: on a phone it would hide the code."""
    return textwrap.dedent("\n".join(lines)).split("\n")


def _narrow(text: str) -> str:
    return text if len(text) <= WIDEST else text[:WIDEST] + " …"
