"""Rewrites parts of a Python text in place: every line keeps its number."""

from __future__ import annotations

import ast
import io
import itertools
import tokenize
from collections.abc import Iterator

_BLANKS = " \t\f"
#: From Python 3.12 on an f-string is many tokens, between these two.
_STARTS = ("FSTRING_START", "TSTRING_START")
_ENDS = ("FSTRING_END", "TSTRING_END")


class Lines:
    """The lines of a text, counted from 1; columns count characters from 0."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._in_strings = frozenset(_in_strings(text))

    @property
    def text(self) -> str:
        """The text as it is now."""
        return "\n".join(self._lines)

    def column(self, line: int, offset: int) -> int:
        """Where in a line an offset in bytes lies, as syntax trees count."""
        return len(self._lines[line - 1].encode()[:offset].decode(errors="ignore"))

    def is_indentation(self, line: int, column: int) -> bool:
        """Tell whether only blanks stand before a column."""
        return not self._lines[line - 1][:column].strip(_BLANKS)

    def empty(self, first: int, last: int) -> None:
        """Leave nothing on some lines."""
        self._lines[first - 1 : last] = [""] * max(0, last - first + 1)

    def cut(self, line: int, column: int) -> None:
        """Take away what stands before a column."""
        self._lines[line - 1] = self._lines[line - 1][column:]

    def drop(self, node: ast.stmt) -> None:
        """Take a statement out; what stands beside it on its lines stays."""
        first, last = node.lineno, node.end_lineno or node.lineno
        before = self._lines[first - 1][: self.column(first, node.col_offset)]
        after = self._lines[last - 1][self.column(last, node.end_col_offset or 0) :]
        self.empty(first, last)
        is_alone = not before.strip() and not after.strip()
        self._lines[first - 1] = "" if is_alone else f"{before}pass{after}"

    def dedent(self, first: int, last: int, width: int) -> None:
        """Take away so much indentation; a string that begins further left keeps its lines."""
        numbers = range(first, last + 1)
        for inside, group in itertools.groupby(numbers, key=self._in_strings.__contains__):
            lines = list(group)
            if not inside or min(map(self._indentation, lines)) >= width:
                for number in lines:
                    self.cut(number, min(width, self._indentation(number, blank=width)))

    def _indentation(self, number: int, blank: int = 1_000_000) -> int:
        """The width of a line's indentation; that of a blank line is as large as may be."""
        line = self._lines[number - 1]
        inner = line.lstrip(_BLANKS)
        return len(line) - len(inner) if inner else blank


def _in_strings(text: str) -> Iterator[int]:
    """The lines that begin inside of a string."""
    opened: list[int] = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        name = tokenize.tok_name[token.type]
        if name in _STARTS:
            opened.append(token.start[0])
        first = opened.pop() if name in _ENDS else token.start[0]
        if name in _ENDS or token.type == tokenize.STRING:
            yield from range(first + 1, token.end[0] + 1)
