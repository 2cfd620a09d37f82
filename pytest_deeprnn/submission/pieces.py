"""The texts that a submission consists of."""

from __future__ import annotations

import ast
import types
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from pytest_deeprnn.submission.errors import Unreadable
from pytest_deeprnn.submission.newer import explained
from pytest_deeprnn.submission.parse_limits import check_text, check_tree
from pytest_deeprnn.submission.written import Written


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A whole file, one cell of a notebook (counted from 1 among all), or text in a string.

    `instead` is, for text that a magic was given as a string, the place of the magic's statement:
    the name of the piece that it stands in, its line and its column. `starts` are the first lines
    of a marimo notebook's cells, which run in an order of their own.
    """

    filename: str
    text: str
    cell: int | None = None
    instead: tuple[str, int, int] | None = None
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
    """All pieces of a submission, what could not be read of it, and modules that it writes."""

    pieces: tuple[Piece, ...]
    problems: tuple[tuple[str, int | None, int | None], ...] = ()
    written: tuple[Written, ...] = ()


@contextmanager
def _told(text: str, cell: int | None, line: int | None = None) -> Iterator[None]:
    """Turn all that Python's parser and compiler raise into Unreadable; the text never warns."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except Unreadable as error:
        raise error.within(cell) from None
    except SyntaxError as error:
        raise explained(error, text).within(cell) from None
    except (RecursionError, MemoryError):
        raise Unreadable("this is nested more deeply than Python can read", line, cell) from None
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        told = "this line holds half of a character, a lone surrogate"
        raise Unreadable(told, line, cell) from None
    except (ValueError, OverflowError, SystemError) as error:
        raise Unreadable(f"{type(error).__name__}: {error}", line, cell) from None
