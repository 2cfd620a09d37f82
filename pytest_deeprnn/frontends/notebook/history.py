"""Chooses, of all cells that were executed, those that made what is there now."""

from __future__ import annotations

import ast
import dataclasses
import itertools
from collections.abc import Iterator, Sequence

from pytest_deeprnn.submission import syntax
from pytest_deeprnn.submission.decoding import unified
from pytest_deeprnn.submission.magics import without_magics
from pytest_deeprnn.submission.source import Piece, Source, Unreadable
from pytest_deeprnn.submission.syntax import Statement

#: Whatever a name was before, it is something else after one of these.
_REBINDS = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign)


def needed(history: Sequence[str], names: set[str]) -> list[int]:
    """The places in the history of the cells that the names need, in order.

    A cell is left out where all that it made was made anew later, before anything used it: what
    a learner has tried and dropped is no part of their answer, nor of what may be read at most.
    """
    everything = [one for number, text in enumerate(history) for one in _statements(number, text)]
    makers = syntax.kept(everything, names)
    wanted = names.union(*(one.needs for one in makers))
    chosen = []
    for number, group in itertools.groupby(reversed(makers), key=lambda one: one.piece):
        cell = list(group)
        if any(_makes(one, wanted) for one in cell):
            chosen.append(number)
            for statement in cell:
                wanted = _wanted_before(statement, wanted, everything)
    return chosen[::-1]


def _statements(number: int, text: str) -> Iterator[Statement]:
    """A cell's statements; none of one that Python cannot read, since it never ran either."""
    plain = unified(text)
    for tried in (plain, without_magics(plain)):
        piece = Piece(filename=f"[{number}]", text=tried, cell=number)
        try:
            found = syntax.statements(Source(pieces=(piece,)))
        except Unreadable:
            continue
        yield from (dataclasses.replace(one, piece=number) for one in found)
        return


def _makes(statement: Statement, wanted: set[str]) -> bool:
    """Whether it makes or changes something wanted; a star import may make anything."""
    made = statement.binds | statement.changes
    return not made or bool(made & wanted)


def _wanted_before(statement: Statement, wanted: set[str], everything: list[Statement]) -> set[str]:
    """The names whose values before a statement matter, by those that matter after it."""
    left = wanted - statement.binds if isinstance(statement.node, _REBINDS) else wanted
    used = _used_at_once(statement)
    return left.union(used, *(one.needs for one in syntax.kept(everything, used) if used))


def _used_at_once(statement: Statement) -> set[str]:
    """The names that a statement reads when it is run; a plain function's body waits."""
    node = statement.node
    if not isinstance(node, ast.FunctionDef) or node.decorator_list:
        return set(statement.needs)
    outside = [node.args] if node.returns is None else [node.args, node.returns]
    names = (one for part in outside for one in ast.walk(part) if isinstance(one, ast.Name))
    return {one.id for one in names}
