"""Reads a .py file or a notebook into pieces of Python text, without running any of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import msgspec

from pytest_deeprnn.submission import forms, marimo, piece_names
from pytest_deeprnn.submission.cell_magics import split
from pytest_deeprnn.submission.decoding import decode, unified
from pytest_deeprnn.submission.errors import Unreadable as Unreadable
from pytest_deeprnn.submission.files import beginning, contents
from pytest_deeprnn.submission.in_strings import as_python, with_strings
from pytest_deeprnn.submission.magics import without_lines, without_magics
from pytest_deeprnn.submission.notebook import Cell, code_cells
from pytest_deeprnn.submission.only_written import with_what_is_only_written
from pytest_deeprnn.submission.parse_limits import MAX_CODE, check_amount
from pytest_deeprnn.submission.pieces import Piece as Piece
from pytest_deeprnn.submission.pieces import Source as Source
from pytest_deeprnn.submission.written import Written

MAX_BYTES = MAX_CODE  # of a .py file
MAX_NOTEBOOK = 100 * 1024 * 1024  # of a notebook with its outputs


def read(path: Path, *, imported: bool = False) -> Source:
    """Read a submission's main file, or one that it imports; Unreadable where nothing can be.

    What a file holds counts more than its name: a notebook may be called .py, and a script .ipynb.
    """
    start = forms.as_utf_8(beginning(path, forms.LOOKED_AT))
    forms.check_beginning(path, start)
    if forms.is_json_object(start):
        too_large = f"the notebook is larger than {MAX_NOTEBOOK >> 20} MiB: clear its outputs"
        data = forms.as_utf_8(contents(path, MAX_NOTEBOOK, too_large))
        if forms.is_notebook(path, data):
            return _read_notebook(data, path.name)
    too_large = f"the file is larger than {MAX_BYTES >> 10} KiB, which no answer needs"
    data = contents(path, MAX_BYTES, too_large)
    named_notebook = forms.is_named_notebook(path)
    if named_notebook and forms.is_json(data):
        raise Unreadable("this is no readable notebook: it is JSON, but no object with cells")
    try:
        return _read_script(decode(data), path.name, imported)
    except Unreadable as error:
        if not named_notebook:
            raise
        told = f"this is no readable notebook, and as Python: {error.message}"
        raise Unreadable(told, error.line) from None


def _read_script(text: str, name: str, imported: bool) -> Source:
    """A .py file; magics and shell lines, as Colab leaves them in one, become empty."""
    piece = Piece(filename=name, text=text)
    try:
        module = piece.parse()
    except Unreadable:
        plain = without_lines(text)
        if plain == text:
            raise
        piece = msgspec.structs.replace(piece, text=plain)
        module = piece.parse()
    flat = marimo.flattened(piece.text, module, not imported)
    if flat is None:
        return _whole(Source(pieces=(piece,)))
    piece = msgspec.structs.replace(piece, text=flat.text, starts=flat.starts)
    return _whole(Source(pieces=(piece,), problems=flat.problems))


def _read_notebook(data: bytes, filename: str) -> Source:
    cells = code_cells(data)
    _check_amount(cells)
    pieces, problems, statements = [], [], 0
    written: list[Written] = []
    for cell in cells:
        into_file = list(_written(cell, filename))
        if into_file:
            written += into_file
            continue
        try:
            piece, module = _cell_piece(cell, filename)
            for node in module.body:
                piece.compile(node)
        except Unreadable as error:
            problems.append((error.message, error.line, error.cell))
        else:
            pieces.append(piece)
            statements += sum(isinstance(node, ast.stmt) for node in ast.walk(module))
            check_amount(0, statements)
    if not pieces and not written:
        raise Unreadable(*problems[0]) if problems else Unreadable("the notebook holds no code")
    found = Source(pieces=tuple(pieces), problems=tuple(problems), written=tuple(written))
    return _whole(found)


def _check_amount(cells: list[Cell]) -> None:
    if sum(len(cell.text) for cell in cells) > MAX_CODE:
        raise Unreadable(f"the notebook holds more than {MAX_CODE >> 10} KiB of code")


def _cell_piece(cell: Cell, filename: str) -> tuple[Piece, ast.Module]:
    """A cell as Python: magics and shell lines become empty, so that lines keep their numbers."""
    if cell.problem:
        raise Unreadable(cell.problem, None, cell.number)
    text = unified(cell.text)
    name = piece_names.of_cell(filename, cell.number)
    magic = split(text)
    return as_python(
        Piece(filename=name, text=text, cell=cell.number),
        None if magic is None else magic[0],
        without_magics,
    )


def _written(cell: Cell, filename: str) -> Iterator[Written]:
    """The module that a cell writes into a file, by %%writefile."""
    text = unified(cell.text)
    found = split(text)
    if found is not None and found[0].kind == "file":
        magic, above = found
        rest = "\n".join(text.split("\n")[above:])
        name = piece_names.of_cell(filename, cell.number)
        yield Written(path=magic.path, filename=name, text=rest, above=above, adds=magic.adds)


def _whole(source: Source) -> Source:
    return with_what_is_only_written(with_strings(source))
