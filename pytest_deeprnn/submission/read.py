"""Reads a .py file or a notebook into pieces of Python text, without running any of it."""

from __future__ import annotations

import ast
import io
import re
import tokenize
import warnings
from pathlib import Path

import msgspec

MAX_BYTES = 20 * 1024 * 1024
_MAGIC = re.compile(r"^\s*([%!?]|[\w.]+\?{1,2}\s*$)")
_CELL_MAGICS_OF_PYTHON = {"time", "timeit", "capture", "prun"}


class Unreadable(Exception):
    """A file or cell that cannot be read as Python; `line` and `cell` count from 1."""

    def __init__(self, message: str, line: int | None = None, cell: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.cell = cell


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A whole file, or one cell of a notebook (counted from 1 among all of its cells)."""

    filename: str
    text: str
    cell: int | None = None

    def parse(self) -> ast.Module:
        """Parse the text; Unreadable where it is no Python."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return ast.parse(self.text, self.filename)
        except SyntaxError as error:
            raise Unreadable(f"SyntaxError: {error.msg}", error.lineno, self.cell) from None
        except (ValueError, RecursionError, MemoryError) as error:
            raise Unreadable(f"{type(error).__name__}: {error}", None, self.cell) from None


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """All pieces of a submission, and what could not be read of it."""

    pieces: tuple[Piece, ...]
    problems: tuple[tuple[str, int | None, int | None], ...] = ()


def read(path: Path) -> Source:
    """Read a submission's main file; Unreadable where nothing of it can be read."""
    if not path.is_file():
        raise Unreadable("this is no regular file")
    if path.stat().st_size > MAX_BYTES:
        raise Unreadable(f"the file is larger than {MAX_BYTES // 2**20} MiB")
    data = path.read_bytes()
    if path.suffix == ".ipynb":
        return _read_notebook(data, path.name)
    piece = Piece(filename=path.name, text=_decode(data))
    piece.parse()
    return Source(pieces=(piece,))


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="strict")
    else:
        try:
            encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
            text = data.decode(encoding)
        except (SyntaxError, UnicodeDecodeError, LookupError) as error:
            raise Unreadable(f"the file is not text in UTF-8: {error}") from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise Unreadable("the file holds a NUL byte", line)
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _read_notebook(data: bytes, filename: str) -> Source:
    import nbformat  # only notebooks need it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # missing cell ids and the like do no harm here
            notebook = nbformat.reads(data.decode("utf-8-sig"), as_version=4)
    except Exception as error:  # nbformat raises many kinds for malformed JSON
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise Unreadable(f"this is no readable notebook: {reason}") from None
    pieces, problems = [], []
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type != "code":
            continue
        piece = _cell_piece(str(cell.source), filename, number)
        try:
            piece.parse()
        except Unreadable as error:
            problems.append((error.message, error.line, error.cell))
        else:
            pieces.append(piece)
    if not pieces and problems:
        raise Unreadable(*problems[0])
    return Source(pieces=tuple(pieces), problems=tuple(problems))


def _cell_piece(text: str, filename: str, number: int) -> Piece:
    """A cell as Python: magics and shell lines become empty, so that lines keep their numbers."""
    piece = Piece(filename=f"{filename}[{number}]", text=text, cell=number)
    try:
        piece.parse()
    except Unreadable:
        return msgspec.structs.replace(piece, text=_without_magics(text))
    return piece


def _without_magics(text: str) -> str:
    lines = text.splitlines()
    first = next((line.strip() for line in lines if line.strip()), "")
    if first.startswith("%%") and first[2:].split(" ")[0] not in _CELL_MAGICS_OF_PYTHON:
        return "\n" * (len(lines) - 1)
    return "\n".join(_blank(line) if _MAGIC.match(line) else line for line in lines) + "\n"


def _blank(line: str) -> str:
    """A block whose only line was a magic still needs a statement."""
    indent = line[: len(line) - len(line.lstrip())]
    return f"{indent}pass" if indent else ""
