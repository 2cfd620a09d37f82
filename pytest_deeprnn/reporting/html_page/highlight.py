"""Colours Python text: its lines as pieces, each with the class that the style sheet knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from pygments.lexers.python import PythonLexer
from pygments.token import Error, Token, _TokenType

from pytest_deeprnn.core.sanitize import visible

#: A longer text, or one with such a line, is no learner's writing: it stays plain.
_LONGEST = 50_000
_WIDEST = 2_000
#: The first that holds a token decides; all else has the text's own colour.
_KINDS = (
    (Token.Comment, "com"),
    (Token.Literal.String.Interpol, ""),
    (Token.Literal.String, "str"),
    (Token.Literal.Number, "lit"),
    (Token.Keyword.Constant, "lit"),
    (Token.Keyword, "key"),
    (Token.Operator.Word, "key"),
    (Token.Name.Function, "def"),
    (Token.Name.Class, "def"),
    (Token.Name.Decorator, "def"),
    (Token.Name.Builtin, "lib"),
)


@dataclass(frozen=True)
class Piece:
    """Characters of one kind; "" for those without a colour."""

    kind: str
    text: str


Pieces = tuple[Piece, ...]


def written(pieces: Pieces) -> str:
    """The text without its colours."""
    return "".join(piece.text for piece in pieces)


def plain(text: str) -> Pieces:
    """A text without colours."""
    return (Piece("", text),) if text else ()


@lru_cache(maxsize=8)
def highlighted(text: str) -> tuple[Pieces, ...]:
    """Colour all lines of a text, since what a line is depends on those before it.

    What is no Python stays plain, and so does a line that holds anything to be made visible.
    """
    lines = text.split("\n")
    coloured = _coloured(lines)
    if coloured is None:
        return tuple(plain(line) for line in lines)
    return tuple(
        pieces if line == visible(line) and not line.isspace() else plain(line)
        for line, pieces in zip(lines, coloured, strict=True)
    )


def cut(pieces: Pieces, start: int, stop: int) -> Pieces:
    """The pieces of the characters from `start` to `stop`."""
    found, at = [], 0
    for piece in pieces:
        text = piece.text[max(start - at, 0) : max(stop - at, 0)]
        at += len(piece.text)
        if text:
            found.append(Piece(piece.kind, text))
    return tuple(found)


def _coloured(lines: list[str]) -> list[Pieces] | None:
    """The lines' pieces; None where Pygments meets what is no Python, or too much."""
    if sum(map(len, lines)) > _LONGEST or max(map(len, lines)) > _WIDEST:
        return None
    # the lexer would read ahead over all blank lines at the beginning of each of them
    text = "\n".join("" if line.isspace() else line for line in lines)
    found: list[list[Piece]] = [[]]
    for _, token, words in PythonLexer().get_tokens_unprocessed(text):
        if token is Error:
            return None
        for number, part in enumerate(words.split("\n")):
            if number:
                found.append([])
            if part:
                found[-1].append(Piece(_kind(token), part))
    return [tuple(_joined(pieces)) for pieces in found]


@cache
def _kind(token: _TokenType) -> str:
    return next((kind for family, kind in _KINDS if token in family), "")


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one piece; spaces belong to what they follow."""
    kind, text = "", ""
    for piece in pieces:
        if piece.kind != kind and not piece.text.isspace():
            if text:
                yield Piece(kind, text)
            kind, text = piece.kind, ""
        text += piece.text
    if text:
        yield Piece(kind, text)
