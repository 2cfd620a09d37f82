"""What the pieces of a submission are called inside the grader, and where a reader finds them.

A cell of a notebook is `nb.ipynb[3]`. Text that stands in a string of a file, as nbconvert writes
a cell that begins with `%%time`, is `script.py@45` after the line of that string.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_IN_STRING = re.compile(r"(?P<outer>.*)@(?P<line>\d+)", re.DOTALL)
_CELL = re.compile(r"(?P<file>.*)\[(?P<cell>\d+)\]", re.DOTALL)


@dataclass(frozen=True)
class Spot:
    """A place as a learner finds it: a file, a notebook's cell, a line of either."""

    file: str
    cell: int | None
    line: int | None


def of_cell(file: str, number: int) -> str:
    """Name a notebook's cell, counted from 1 among all cells."""
    return f"{file}[{number}]"


def in_string(filename: str, line: int) -> str:
    """Name the text of a string that begins in a line of another piece."""
    return f"{filename}@{line}"


def spot(filename: str, line: int | None) -> Spot:
    """Find the place that a line of a piece has for its reader."""
    string = _IN_STRING.fullmatch(filename)
    if string is not None:
        filename, line = string["outer"], int(string["line"])
    cell = _CELL.fullmatch(filename)
    if cell is not None:
        return Spot(cell["file"], int(cell["cell"]), line)
    return Spot(filename, None, line)


def line_said(filename: str, line: int, main: str) -> str:
    """Name a line in a sentence, with its file where that is not the main one."""
    found = spot(filename, line)
    elsewhere = found.file != spot(main, None).file
    return f"line {found.line} of {found.file}" if elsewhere else f"line {found.line}"
