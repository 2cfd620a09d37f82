"""Reads what a script's magics were given as strings: cells that begin with a magic."""

from __future__ import annotations

import ast
from collections.abc import Callable

import msgspec

from pytest_deeprnn.submission import piece_names
from pytest_deeprnn.submission.cell_magics import CellMagic
from pytest_deeprnn.submission.decoding import unified
from pytest_deeprnn.submission.errors import Unreadable
from pytest_deeprnn.submission.get_ipython import MagicCall, magic_calls
from pytest_deeprnn.submission.magics import without_lines
from pytest_deeprnn.submission.parse_limits import check_amount
from pytest_deeprnn.submission.pieces import Piece, Source
from pytest_deeprnn.submission.written import Written


def with_strings(source: Source) -> Source:
    """Add the texts of all calls of get_ipython().run_cell_magic and the like.

    Raises Unreadable where they are too much together.
    """
    pieces, problems, written = [*source.pieces], [*source.problems], [*source.written]
    statements = 0
    for outer in source.pieces:
        calls = magic_calls(outer.parse()) if "get_ipython" in outer.text else ()
        for call in calls:
            if call.magic.kind == "file":
                written.append(_written(call, outer))
            elif call.magic.kind != "left out":
                try:
                    piece, count = _piece(call, outer)
                except Unreadable as error:
                    problems.append((error.message, call.statement.lineno, outer.cell))
                else:
                    pieces.append(piece)
                    statements += count
                    check_amount(0, statements)
    return Source(pieces=tuple(pieces), problems=tuple(problems), written=tuple(written))


def _written(call: MagicCall, outer: Piece) -> Written:
    name = piece_names.in_string(outer.filename, call.statement.lineno)
    path, adds = call.magic.path, call.magic.adds
    return Written(path=path, filename=name, text=unified(call.text), adds=adds)


def _piece(call: MagicCall, outer: Piece) -> tuple[Piece, int]:
    """The text of a call, and how many statements it holds; Unreadable where it is no Python."""
    line = call.statement.lineno
    piece, module = as_python(
        Piece(
            filename=piece_names.in_string(outer.filename, line),
            text=unified(call.text),
            cell=outer.cell,
            instead=(outer.filename, line, call.statement.col_offset),
        ),
        call.magic,
        without_lines,
    )
    for node in module.body:
        piece.compile(node)
    return piece, sum(isinstance(node, ast.stmt) for node in ast.walk(module))


def as_python(
    piece: Piece, magic: CellMagic | None, without: Callable[[str], str]
) -> tuple[Piece, ast.Module]:
    """A text as Python, else without its magics; nothing of one that may be another language."""
    try:
        return piece, piece.parse()
    except Unreadable:
        plain = msgspec.structs.replace(piece, text=without(piece.text))
    try:
        return plain, plain.parse()
    except Unreadable:
        if magic is None or magic.kind != "maybe python":
            raise
        empty = msgspec.structs.replace(piece, text="\n" * piece.text.count("\n"))
        return empty, empty.parse()
