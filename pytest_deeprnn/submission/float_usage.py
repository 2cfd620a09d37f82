"""Whether a text may ask for less precision than float64: then modes are at hand that undo it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

_WORD = "float"
#: What numpy calls it beside `float32`.
_OF_NUMPY = frozenset(("single", "f", "f4", "<f4", "=f4"))
#: What asks for numbers in 16 bits; a name like `first_half` does not.
_LESS = re.compile(r"(.*\.)?(half|float16|bfloat16|autocast|custom_fwd|HalfTensor|BFloat16Tensor)")


def may_round(nodes: Iterable[ast.stmt]) -> bool:
    """Whether names or strings speak of floats; comments and docstrings ask for nothing.

    The mode costs time in every operation, and the word stands in many a docstring.
    """
    words = {word.lower() for node in nodes for word, _ in _words(node)}
    return any(_WORD in word for word in words) or (_uses_numpy(words) and bool(words & _OF_NUMPY))


def _uses_numpy(words: set[str]) -> bool:
    return any(word.split(".")[0] == "numpy" for word in words)


def rounding_lines(statement: ast.stmt) -> list[int]:
    """The lines of a statement that ask for numbers in 16 bits, or for autocast, in order."""
    return sorted(line for word, line in _words(statement) if _LESS.fullmatch(word))


def _words(statement: ast.stmt) -> Iterator[tuple[str, int]]:
    said = {id(node.value) for node in ast.walk(statement) if isinstance(node, ast.Expr)}
    for node in ast.walk(statement):
        match node:
            case ast.Name(id=word) | ast.Attribute(attr=word) | ast.alias(name=word):
                yield word, node.lineno
            case ast.ImportFrom(module=str() as word):
                yield word, node.lineno
            case ast.Constant(value=str() as word) if id(node) not in said:
                yield word, node.lineno
