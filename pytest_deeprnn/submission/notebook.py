"""Takes the code cells out of a notebook, without a look at its outputs."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from pytest_deeprnn.submission.errors import Unreadable
from pytest_deeprnn.submission.parse_limits import MAX_CODE

MAX_CELLS = 10_000
_KNOWN_FORMATS = (3, 4)
#: A letter of JSON is at most six bytes (an escape). What is larger cannot hold so little code.
_MAX_SOURCE = 8 * MAX_CODE
#: Python's reader builds everything that it reads, so not all may be given to it.
_MAX_LENIENT = 50 * 1024 * 1024


class Cell(msgspec.Struct, frozen=True):
    """A code cell: its number among all cells from 1, its text, or why it has none."""

    number: int
    text: str
    problem: str = ""


class _Raw(msgspec.Struct, frozen=True):
    """A cell as it stands in the file; version 3 calls the source of a code cell `input`."""

    cell_type: str
    source: msgspec.Raw = msgspec.Raw(b'""')
    input: msgspec.Raw = msgspec.Raw(b'""')


class _Sheet(msgspec.Struct, frozen=True):
    cells: tuple[_Raw, ...]


class _Notebook(msgspec.Struct, frozen=True):
    nbformat: int
    cells: tuple[_Raw, ...] | None = None
    worksheets: tuple[_Sheet, ...] | None = None


def code_cells(data: bytes) -> list[Cell]:
    """Find all code cells; Unreadable where this is no notebook.

    A malformed code cell comes with its problem, and does not lose the others.
    """
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return _strictly(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        if len(data) > _MAX_LENIENT:
            hint = "it is too large for a closer look, so clear its outputs and save it again"
            raise _no_notebook(f"{error}; {hint}") from None
    try:
        return _leniently(data)
    except (ValueError, RecursionError, MemoryError) as error:
        raise _no_notebook(str(error) or type(error).__name__) from None


def _strictly(data: bytes) -> list[Cell]:
    """The common case: outputs are skipped, so that they cost no memory."""
    notebook = msgspec.json.decode(data, type=_Notebook)
    _check_format(notebook.nbformat)
    cells = notebook.cells
    if notebook.nbformat == 3 and notebook.worksheets is not None:
        cells = tuple(cell for sheet in notebook.worksheets for cell in sheet.cells)
    if cells is None:
        raise _no_notebook("it has no cells")
    _check_number(len(cells))
    return [
        Cell(number, _raw_text(cell.source if notebook.nbformat > 3 else cell.input))
        for number, cell in enumerate(cells, start=1)
        if cell.cell_type == "code"
    ]


def _raw_text(raw: msgspec.Raw) -> str:
    if len(bytes(raw)) > _MAX_SOURCE:
        raise Unreadable(f"this is more code than is read: {MAX_CODE // 1024} KiB at most")
    return _joined(msgspec.json.decode(raw, type=str | list[str]))


def _joined(source: str | list[str]) -> str:
    return source if isinstance(source, str) else "".join(source)


def _leniently(data: bytes) -> list[Cell]:
    """As Jupyter reads it: NaN and halves of characters may occur, and a cell may be malformed."""
    notebook = json.loads(data.decode("utf-8"))
    if not isinstance(notebook, dict):
        raise _no_notebook("it is no JSON object")
    version = notebook.get("nbformat")
    _check_format(version)
    if version == 3 and isinstance(notebook.get("worksheets"), list):
        sheets = [sheet for sheet in notebook["worksheets"] if isinstance(sheet, dict)]
        lists = [sheet.get("cells") for sheet in sheets]
        cells: Any = [cell for one in lists if isinstance(one, list) for cell in one]
    else:
        cells = notebook.get("cells")
    if not isinstance(cells, list):
        raise _no_notebook("it has no cells")
    _check_number(len(cells))
    key = "input" if version == 3 else "source"
    found = (_lenient_cell(number, cell, key) for number, cell in enumerate(cells, start=1))
    return [cell for cell in found if cell is not None]


def _lenient_cell(number: int, cell: object, key: str) -> Cell | None:
    if not isinstance(cell, dict):
        return Cell(number, "", "this is no readable notebook cell")
    if cell.get("cell_type") != "code":
        return None
    source = cell.get(key, "")
    if isinstance(source, str):
        return Cell(number, source)
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        return Cell(number, "".join(source))
    return Cell(number, "", "this is no readable notebook cell: its source is no text")


def _check_format(version: object) -> None:
    if version not in _KNOWN_FORMATS:
        raise _no_notebook(f"its format is {str(version)[:20]}, and 3 and 4 are known")


def _check_number(cells: int) -> None:
    if cells > MAX_CELLS:
        raise _no_notebook(f"it has {cells} cells, and {MAX_CELLS} are read at most")


def _no_notebook(reason: str) -> Unreadable:
    return Unreadable(f"this is no readable notebook: {reason}")
