"""Follows what a module beside the main file gives on: `from .cells import *` in a package."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from pytest_deeprnn.sandbox.protocol.messages import Helper
from pytest_deeprnn.submission.source import Piece, Unreadable

_MOST = 1000  # functions of a module before what it imports is no longer followed


@dataclass(frozen=True)
class Export:
    """A function under a name of a module: where it is defined, and its definition."""

    helper: Helper
    node: ast.FunctionDef


def exports(
    name: str, beside: dict[str, Helper], done: dict[str, dict[str, Export]] | None = None
) -> dict[str, Export]:
    """Find the functions that importing a module gives, its own and those that it imports.

    `done` holds what is known of other modules: each is read once, and two may import one another.
    """
    done = {} if done is None else done
    helper = beside.get(name)
    if helper is None or name in done:
        return done.get(name, {})
    found = done[name] = {}
    try:
        tree = Piece(filename=helper.filename, text=helper.text).parse()
    except Unreadable:
        return {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            found[node.name] = Export(helper, node)
        elif isinstance(node, ast.ImportFrom) and len(found) < _MOST:
            found.update(taken(node, exports(_source(node, helper), beside, done)))
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Name):
            again = found.get(node.value.id)
            targets = [one.id for one in node.targets if isinstance(one, ast.Name)]
            found.update({} if again is None else dict.fromkeys(targets, again))
    return found


def taken(node: ast.ImportFrom, given: dict[str, Export]) -> dict[str, Export]:
    """The functions of a module that an import binds, by the names that it gives them."""
    found = {}
    for alias in node.names:
        if alias.name == "*":
            found.update({name: one for name, one in given.items() if not name.startswith("_")})
        elif alias.name in given:
            found[alias.asname or alias.name] = given[alias.name]
    return found


def _source(node: ast.ImportFrom, helper: Helper) -> str:
    """The dotted name of the module that an import in another one takes from."""
    if not node.level:
        return node.module or ""
    package = helper.name.split(".")
    package = package if helper.is_package else package[:-1]
    package = package[: len(package) - (node.level - 1)]
    return ".".join([*package, *([node.module] if node.module else [])])
