"""The student's line that a diagnosis points at, with its neighbours."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pytest_deeprnn.core.report import Diagnosis
from pytest_deeprnn.reporting.html_page.highlight import Pieces, cut, highlighted, plain, written

AROUND = 2
WIDEST = 200  # characters of a line: a minified file must not swell the page


@dataclass(frozen=True)
class Line:
    """One line of the student's text; `number` counts from 1, None where it is not known."""

    number: int | None
    pieces: Pieces
    marked: bool

    @property
    def text(self) -> str:
        """The line without its colours."""
        return written(self.pieces)


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
    """Find the lines to show; `diagnosis.source` where the text lacks them, None without either.

    The text lacks a line that stands in a string of it, as nbconvert writes some cells.
    """
    file = diagnosis.file or main
    text = sources.get(source_key(file, diagnosis.cell))
    lines = _around(text, diagnosis.line)
    if not lines or _is_another(text, diagnosis):
        lines = _given(diagnosis) or lines
    return Quote(file, diagnosis.cell, lines) if lines else None


def line_of(text: str | None, number: int) -> Pieces:
    """One line of a text, set out; nothing where it is not there."""
    lines = () if text is None else highlighted(_unified(text))
    return _narrow(_dedent(lines[number - 1 : number])[0]) if 1 <= number <= len(lines) else ()


def _around(text: str | None, line: int | None) -> tuple[Line, ...]:
    if text is None or line is None:
        return ()
    lines = highlighted(_unified(text))
    if not 1 <= line <= len(lines):
        return ()
    first = max(1, line - AROUND)
    shown = _dedent(lines[first - 1 : line + AROUND])
    return tuple(Line(n, _narrow(pieces), n == line) for n, pieces in enumerate(shown, first))


def _is_another(text: str | None, diagnosis: Diagnosis) -> bool:
    """Find out whether the text's line is another than the one that is meant."""
    there = _unified(text or "").split("\n")[(diagnosis.line or 1) - 1 :][:1]
    return diagnosis.source is not None and there != [diagnosis.source]


def _given(diagnosis: Diagnosis) -> tuple[Line, ...]:
    """Mark the lines of `source`: it holds the fault and nothing around it."""
    if not diagnosis.source:
        return ()
    start = diagnosis.line
    lines = _dedent([plain(text) for text in _unified(diagnosis.source).split("\n")])
    return tuple(
        Line(None if start is None else start + i, _narrow(pieces), True)
        for i, pieces in enumerate(lines[: 2 * AROUND + 1])
    )


def _unified(text: str) -> str:
    """End lines as Python counts them; str.splitlines would also break at a form feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _dedent(lines: Sequence[Pieces]) -> list[Pieces]:
    """Take off the indentation that all lines share: on a phone it would hide the code."""
    whole = [written(pieces) for pieces in lines]
    left = textwrap.dedent("\n".join(whole)).split("\n")
    return [
        cut(pieces, len(before) - len(after), len(before))
        for pieces, before, after in zip(lines, whole, left, strict=True)
    ]


def _narrow(pieces: Pieces) -> Pieces:
    if len(written(pieces)) <= WIDEST:
        return pieces
    return (*cut(pieces, 0, WIDEST), *plain(" …"))
