"""Ask simple things of a function's syntax tree."""

from __future__ import annotations

import ast
import operator
from collections.abc import Iterator

from pytest_deeprnn.core.finding import Place
from pytest_deeprnn.submission.binding import Binding
from pytest_deeprnn.submission.prepare import Prepared
from pytest_deeprnn.submission.synonyms import Kind
from pytest_deeprnn.submission.syntax import Statement


def argument(binding: Binding, kind: Kind) -> str | None:
    """Return the argument that takes a kind of value; None where none does."""
    return next((name for name, found in binding.keyword.items() if found == kind), None)


def is_part_of(value: ast.expr, name: str | None) -> bool:
    """Return whether an expression is a name, or an item of what it stands for."""
    while isinstance(value, ast.Subscript):
        value = value.value
    return isinstance(value, ast.Name) and value.id == name


def own(node: ast.FunctionDef) -> Iterator[ast.AST]:
    """Yield the nodes of a function without those of functions inside it."""
    waiting: list[ast.AST] = list(node.body)
    while waiting:
        inner = waiting.pop()
        yield inner
        if not isinstance(inner, ast.FunctionDef | ast.Lambda | ast.ClassDef):
            waiting.extend(ast.iter_child_nodes(inner))


def is_negative(value: ast.expr) -> bool:
    """Return whether an expression is written with a minus before it."""
    return isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.USub)


def mentions(node: ast.AST, names: set[str | None]) -> bool:
    """Return whether a node reads or binds one of these names."""
    return any(isinstance(part, ast.Name) and part.id in names for part in ast.walk(node))


def place(prepared: Prepared, statement: Statement, node: ast.AST) -> Place:
    """Return the place of a node of a statement."""
    return Place(prepared.pieces[statement.piece].filename, getattr(node, "lineno", None))


def in_order(node: ast.AST) -> list[ast.AST]:
    """Return all nodes that have a line, from the first."""
    found = [inner for inner in ast.walk(node) if hasattr(inner, "lineno") and inner is not node]
    return sorted(found, key=operator.attrgetter("lineno", "col_offset"))
