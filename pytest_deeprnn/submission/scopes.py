"""What belongs to a block of statements itself, and not to a function within it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

_Scope = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda
_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def own_nodes(block: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """All nodes that run when the block runs; of an inner scope its head alone."""
    waiting = list(block)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, _Scope | _Comprehension):
            waiting += ast.iter_child_nodes(node)


def bound_names(block: Iterable[ast.AST]) -> Iterator[str]:
    """The names that a block binds: by assignment, definition or import."""
    for node in own_nodes(block):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.alias):
            yield node.asname or node.name.split(".")[0]
