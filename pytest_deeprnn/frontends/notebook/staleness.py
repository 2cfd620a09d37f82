"""Refuses functions that are not, or not any more, what their text makes."""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import ModuleType

from pytest_deeprnn.frontends.notebook.comparison import Comparison
from pytest_deeprnn.frontends.notebook.source import Found, Functions
from pytest_deeprnn.submission.prepare import MODULE_NAME
from pytest_deeprnn.submission.scopes import bound_names


def refuse_others(functions: Functions, found: Found) -> None:
    """Raise ValueError, in one line, where a function does not do what its text does.

    A file may have changed since it was imported, a cell may have stopped half way, and a name may
    have been given another value. The text has been loaded for its checks; what could not be
    loaded of it is told there.
    """
    module = sys.modules.get(MODULE_NAME)
    helpers = found.prepared.load.helpers
    comparison = Comparison({MODULE_NAME, *(one.name for one in helpers)}, _constants(found))
    for role, name in found.names.items():
        given = found.aliases.get(name, name)
        made = _made(given, module)
        changed = None if made is None else comparison.difference(functions[role], made, given)
        if changed is not None:
            uses = given if changed == given else f"{changed}, which {given} uses,"
            raise ValueError(
                f"check: {uses} is not what its text defines now: run its cell again, save the "
                "notebook, or import its file anew"
            )


def _made(expression: str, module: ModuleType | None) -> object | None:
    """What the text has made; None where it could not."""
    try:
        made: object = eval(expression, {}, {} if module is None else vars(module))
    except Exception:
        return None
    return made


def _constants(found: Found) -> dict[str, set[str]]:
    """The names that one literal alone is bound to, by module; sizes are set anew."""
    prepared = found.prepared
    bodies = {one.name: _body(one.text) for one in prepared.load.helpers}
    bodies[MODULE_NAME] = [one.node for one in prepared.statements]
    return {name: set(_literals(body, prepared.constants)) for name, body in bodies.items()}


def _body(text: str) -> list[ast.stmt]:
    try:
        return ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _literals(body: Sequence[ast.stmt], sizes: Mapping[str, object]) -> Iterator[str]:
    times = Counter(name for node in body for name in bound_names([node]))
    for node in body:
        target = node.targets[0] if isinstance(node, ast.Assign) else None
        if isinstance(node, ast.Assign) and isinstance(target, ast.Name):
            is_plain = isinstance(node.value, ast.Constant | ast.UnaryOp)
            if is_plain and times[target.id] == 1 and target.id not in sizes:
                yield target.id
