"""Whether a text may ask for float32: then it runs under a mode that makes float64 of it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

_WORD = "float"
#: What numpy calls it beside `float32`.
_OF_NUMPY = frozenset(("single", "f", "f4", "<f4", "=f4"))


def may_round(nodes: Iterable[ast.stmt]) -> bool:
    """Whether names or strings speak of floats; comments and docstrings ask for nothing.

    The mode costs time in every operation, and the word stands in many a docstring.
    """
    words = {word.lower() for node in nodes for word in _words(node)}
    return any(_WORD in word for word in words) or (_uses_numpy(words) and bool(words & _OF_NUMPY))


def _uses_numpy(words: set[str]) -> bool:
    return any(word.split(".")[0] == "numpy" for word in words)


def _words(statement: ast.stmt) -> Iterator[str]:
    said = {id(node.value) for node in ast.walk(statement) if isinstance(node, ast.Expr)}
    for node in ast.walk(statement):
        match node:
            case ast.Name(id=word) | ast.Attribute(attr=word) | ast.alias(name=word):
                yield word
            case ast.ImportFrom(module=str() as word):
                yield word
            case ast.Constant(value=str() as word) if id(node) not in said:
                yield word
