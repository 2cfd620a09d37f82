"""Tells from a text what a call would do besides calculating: train, read, write, ask."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from pytest_deeprnn.submission.synonyms import words_of
from pytest_deeprnn.submission.syntax import Statement

_Definition = ast.FunctionDef | ast.ClassDef
_DOES_MORE = re.compile(
    "print|open|input|exec|eval|exit|quit|system|backward|zero_grad|train(ing|er)?|fit|evaluate|"
    "predict|plot|show|savefig|save|load|read(lines)?|write|download|urlopen|urlretrieve|sleep"
)
_DEEPEST = 6  # calls in calls


def definitions(statements: Iterable[Statement]) -> dict[str, _Definition]:
    """Return the functions and classes at module level by their names, the last of each."""
    nodes = (statement.node for statement in statements)
    return {node.name: node for node in nodes if isinstance(node, _Definition)}


def is_harmless(
    node: ast.AST, known: dict[str, _Definition], seen: frozenset[str] = frozenset()
) -> bool:
    """Tell whether running a node calls nothing that does more than calculate.

    `seen` are the functions on the way to it: one may call itself, but not very many each other.
    """
    if len(seen) > _DEEPEST:
        return False
    for call in _calls(node):
        called = call.func
        own = known.get(called.id) if isinstance(called, ast.Name) else None
        if own is not None and own.name not in seen:
            deeper = seen | {own.name}
            if not all(is_harmless(part, known, deeper) for part in _run(own)):
                return False
        name = called.attr if isinstance(called, ast.Attribute) else ""
        name = called.id if isinstance(called, ast.Name) else name
        if own is None and any(map(_DOES_MORE.fullmatch, {name, *words_of(name)})):
            return False
    return True


def _run(definition: _Definition) -> list[ast.stmt]:
    """The statements that run when a function is called, or an object of a class is made."""
    if isinstance(definition, ast.FunctionDef):
        return definition.body
    methods = [inner for inner in definition.body if isinstance(inner, ast.FunctionDef)]
    return [step for one in methods if one.name == "__init__" for step in one.body]


def _calls(node: ast.AST) -> Iterator[ast.Call]:
    """The calls in a node, without those in functions that it only defines."""
    if isinstance(node, ast.Call):
        yield node
    for inner in ast.iter_child_nodes(node):
        if not isinstance(inner, ast.FunctionDef | ast.Lambda | ast.ClassDef):
            yield from _calls(inner)
