"""Reads a .py file or a notebook into pieces of Python text, without running any of it."""

from __future__ import annotations

import ast
import types
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from pytest_deeprnn.submission import marimo
from pytest_deeprnn.submission.bounds import (
    MAX_CODE,
    check_amount,
    check_text,
    check_tree,
)
from pytest_deeprnn.submission.decoding import decode, unified
from pytest_deeprnn.submission.files import contents
from pytest_deeprnn.submission.magics import without_magics
from pytest_deeprnn.submission.notebook import Cell, code_cells
from pytest_deeprnn.submission.unreadable import Unreadable as Unreadable

MAX_BYTES = MAX_CODE  # of a .py file
MAX_NOTEBOOK = 100 * 1024 * 1024  # of a notebook with its outputs


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A whole file, or one cell of a notebook (counted from 1 among all of its cells).

    `starts` are the first lines of a marimo notebook's cells, which run in an order of their own.
    """

    filename: str
    text: str
    cell: int | None = None
    starts: tuple[int, ...] = ()

    def parse(self) -> ast.Module:
        """Parse the text; Unreadable where it is no Python, or more than is read."""
        with _told(self.text, self.cell):
            check_text(self.text)
            module = ast.parse(self.text, self.filename)
            check_tree(module)
            return module

    def compile(self, node: ast.stmt) -> types.CodeType:
        """Compile one statement; a cell may await at its top, as Jupyter lets it."""
        flags = 0 if self.cell is None else ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        with _told(self.text, self.cell, node.lineno):
            module = ast.Module([node], [])
            code: types.CodeType = compile(module, self.filename, "exec", flags, dont_inherit=True)
            return code


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """All pieces of a submission, and what could not be read of it."""

    pieces: tuple[Piece, ...]
    problems: tuple[tuple[str, int | None, int | None], ...] = ()


def read(path: Path, *, imported: bool = False) -> Source:
    """Read a submission's main file, or one that it imports; Unreadable where nothing can be."""
    if path.suffix.lower() == ".ipynb":
        too_large = f"the notebook is larger than {MAX_NOTEBOOK >> 20} MiB: clear its outputs"
        return _read_notebook(contents(path, MAX_NOTEBOOK, too_large), path.name)
    too_large = f"the file is larger than {MAX_BYTES >> 10} KiB, which no answer needs"
    piece = Piece(filename=path.name, text=decode(contents(path, MAX_BYTES, too_large)))
    return _laid_out(piece, marimo.flattened(piece.text, piece.parse(), not imported))


def _laid_out(piece: Piece, flat: marimo.Flat | None) -> Source:
    if flat is None:
        return Source(pieces=(piece,))
    piece = msgspec.structs.replace(piece, text=flat.text, starts=flat.starts)
    return Source(pieces=(piece,), problems=flat.problems)


@contextmanager
def _told(text: str, cell: int | None, line: int | None = None) -> Iterator[None]:
    """Turn all that Python's parser and compiler raise into Unreadable; the text never warns."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except Unreadable as error:
        raise Unreadable(error.message, error.line, cell) from None
    except SyntaxError as error:
        raise Unreadable(f"SyntaxError: {error.msg}", error.lineno, cell) from None
    except (RecursionError, MemoryError):
        raise Unreadable("this is nested more deeply than Python can read", line, cell) from None
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        told = "this line holds half of a character, a lone surrogate"
        raise Unreadable(told, line, cell) from None
    except (ValueError, OverflowError, SystemError) as error:
        raise Unreadable(f"{type(error).__name__}: {error}", line, cell) from None


def _read_notebook(data: bytes, filename: str) -> Source:
    cells = code_cells(data)
    _check_amount(cells)
    pieces, problems, statements = [], [], 0
    for cell in cells:
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
    if not pieces:
        raise Unreadable(*problems[0]) if problems else Unreadable("the notebook holds no code")
    return Source(pieces=tuple(pieces), problems=tuple(problems))


def _check_amount(cells: list[Cell]) -> None:
    if sum(len(cell.text) for cell in cells) > MAX_CODE:
        raise Unreadable(f"the notebook holds more than {MAX_CODE >> 10} KiB of code")


def _cell_piece(cell: Cell, filename: str) -> tuple[Piece, ast.Module]:
    """A cell as Python: magics and shell lines become empty, so that lines keep their numbers."""
    if cell.problem:
        raise Unreadable(cell.problem, None, cell.number)
    text = unified(cell.text)
    piece = Piece(filename=f"{filename}[{cell.number}]", text=text, cell=cell.number)
    try:
        return piece, piece.parse()
    except Unreadable:
        piece = msgspec.structs.replace(piece, text=without_magics(text))
        return piece, piece.parse()
