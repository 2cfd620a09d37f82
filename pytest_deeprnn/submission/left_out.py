"""Finds what of a module beside the main file is left unrun: training, reading, printing.

A main file's statements are run only where its three functions need them. A module's are run as
Python imports it, but for work that nothing needs and that an import would do all the same.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable

import msgspec

from pytest_deeprnn.sandbox.protocol.messages import Helper
from pytest_deeprnn.submission import syntax
from pytest_deeprnn.submission.errors import Unreadable
from pytest_deeprnn.submission.harmless import definitions, is_harmless
from pytest_deeprnn.submission.pieces import Piece, Source
from pytest_deeprnn.submission.syntax import Statement

_MAX_CHARACTERS = 200_000  # of all modules: more than any answer has, and read within a second
_WORD = re.compile(r"\w+")
_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom


def without_work(helpers: Iterable[Helper], main: Source) -> tuple[Helper, ...]:
    """Mark in each module the statements that are not run; `main` is what imports them.

    Of very large modules all are.
    """
    listed = list(helpers)
    if sum(len(one.text) for one in listed) > _MAX_CHARACTERS:
        return tuple(listed)
    words = [set(_WORD.findall(one.text)) for one in listed]
    others = Counter(word for found in words for word in found)
    others.update({word for piece in main.pieces for word in _WORD.findall(piece.text)})
    return tuple(
        msgspec.structs.replace(one, left_out=_left_out(one, own, others))
        for one, own in zip(listed, words, strict=True)
    )


def _left_out(helper: Helper, own: set[str], others: Counter[str]) -> tuple[int, ...]:
    """The places of statements; `others` counts the texts in which a word stands."""
    piece = Piece(filename=helper.filename, text=helper.text)
    try:
        everything = syntax.statements(Source(pieces=(piece,)))
    except Unreadable:  # to be told by who imports it
        return ()
    plain = [statement for statement in everything if not statement.guarded]
    wanted = {"__all__"} | {
        name
        for statement in plain
        for name in statement.binds
        if isinstance(statement.node, _Definition) or others[name] > (name in own)
    }
    known = definitions(plain)
    works = [_only_binds(one) or not is_harmless(one.node, known) for one in plain]
    wanted.update(*(one.needs for one, work in zip(plain, works, strict=True) if not work))
    needed = {statement.path for statement in syntax.kept(plain, wanted)}
    return tuple(
        one.path[0]
        for one, work in zip(plain, works, strict=True)
        if work and one.path not in needed
    )


def _only_binds(statement: Statement) -> bool:
    """Tell whether all that a statement leaves behind are names."""
    is_assigned = isinstance(statement.node, ast.Assign | ast.AnnAssign)
    return is_assigned and bool(statement.binds) and not statement.changes
