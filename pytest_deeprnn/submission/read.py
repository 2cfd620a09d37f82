"""Reads a .py file or a notebook into pieces of Python text, without running any of it."""

from __future__ import annotations

import ast
import io
import re
import tokenize
import types
import warnings
from pathlib import Path

import msgspec

MAX_BYTES = 20 * 1024 * 1024
#: What matters outside of brackets and strings: a magic at the start of a line (not of a
#: continued one) with its own continuations, also one that is assigned (`files = !ls`).
_MAGIC = (
    r"(?P<magic>(?<!\\\n)^[ \t]*"
    r"(?:[%!?]|[\w.*]+\?{1,2}[ \t]*$|[\w.][\w., \t]*=[ \t]*[%!])(?:[^\n]*\\\n)*[^\n]*)"
)
_LEXEME = (
    r"#[^\n]*|(?P<quotes>\"{3}|'{3})(?:\\[\s\S]|[^\\])*?(?P=quotes)"
    r"|'(?:\\[\s\S]|[^\\'\n])*'|\"(?:\\[\s\S]|[^\\\"\n])*\"|(?P<open>[(\[{])|(?P<close>[)\]}])"
)
_OUTSIDE = re.compile(f"{_MAGIC}|{_LEXEME}", re.MULTILINE)
_INSIDE = re.compile(_LEXEME)
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

    def compile(self, node: ast.stmt) -> types.CodeType:
        """Compile one statement; a cell may await at its top, as Jupyter lets it."""
        flags = 0 if self.cell is None else ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                module = ast.Module([node], [])
                code: types.CodeType = compile(
                    module, self.filename, "exec", flags, dont_inherit=True
                )
                return code
        except SyntaxError as error:
            raise Unreadable(f"SyntaxError: {error.msg}", error.lineno, self.cell) from None
        except (ValueError, RecursionError, MemoryError) as error:
            told = f"{type(error).__name__}: {error}"
            raise Unreadable(told, node.lineno, self.cell) from None


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
    if path.suffix.lower() == ".ipynb":
        return _read_notebook(data, path.name)
    piece = Piece(filename=path.name, text=_decode(data))
    piece.parse()
    return Source(pieces=(piece,))


def _decode(data: bytes) -> str:
    try:
        text = data.decode(_encoding(data))
    except (SyntaxError, UnicodeError, LookupError) as error:
        raise Unreadable(f"the file is not text in UTF-8: {error}") from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise Unreadable("the file holds a NUL byte", line)
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    return tokenize.detect_encoding(io.BytesIO(data).readline)[0]


def _read_notebook(data: bytes, filename: str) -> Source:
    pieces, problems = [], []
    for number, text in _code_cells(data):
        piece = _cell_piece(text, filename, number)
        try:
            for node in piece.parse().body:
                piece.compile(node)
        except Unreadable as error:
            problems.append((error.message, error.line, error.cell))
        else:
            pieces.append(piece)
    if not pieces:
        raise Unreadable(*problems[0]) if problems else Unreadable("the notebook holds no code")
    return Source(pieces=tuple(pieces), problems=tuple(problems))


def _code_cells(data: bytes) -> list[tuple[int, str]]:
    """Each code cell's number among all cells, and its text; malformed cells are passed over."""
    import nbformat  # only notebooks need it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # missing cell ids and the like do no harm here
            notebook = nbformat.reads(data.decode("utf-8-sig"), as_version=4)
        return [
            (number, cell["source"])
            for number, cell in enumerate(notebook.cells, start=1)
            if cell.get("cell_type") == "code" and isinstance(cell.get("source"), str)
        ]
    except Exception as error:  # nbformat raises many kinds for malformed JSON
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise Unreadable(f"this is no readable notebook: {reason}") from None


def _cell_piece(text: str, filename: str, number: int) -> Piece:
    """A cell as Python: magics and shell lines become empty, so that lines keep their numbers."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    piece = Piece(filename=f"{filename}[{number}]", text=text, cell=number)
    try:
        piece.parse()
    except Unreadable:
        return msgspec.structs.replace(piece, text=_without_magics(text))
    return piece


def _without_magics(text: str) -> str:
    first = next((line.strip() for line in text.split("\n") if line.strip()), "")
    if first.startswith("%%") and first[2:].split(" ")[0] not in _CELL_MAGICS_OF_PYTHON:
        return "\n" * text.count("\n")
    parts, at, depth = [], 0, 0
    while match := (_INSIDE if depth else _OUTSIDE).search(text, at):
        groups = match.groupdict()
        depth = max(0, depth + bool(groups["open"]) - bool(groups["close"]))
        end = match.start() if groups.get("magic") else match.end()
        parts += [text[at:end], _blank(groups.get("magic") or "")]
        at = match.end()
    return "".join(parts) + text[at:]


def _blank(magic: str) -> str:
    """A block whose only line was a magic still needs a statement."""
    indent = magic[: len(magic) - len(magic.lstrip())]
    return (f"{indent}pass" if indent else "") + "\n" * magic.count("\n")
