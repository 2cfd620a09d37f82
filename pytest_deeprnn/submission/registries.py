"""Finds what decorators fill: `@register("params")`, which puts a function into a dictionary."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

#: Methods that put something into a list, a dictionary or a set.
FILLS = ("update", "append", "extend", "setdefault", "add")


def filled(nodes: Iterable[ast.stmt]) -> Iterator[tuple[int, str]]:
    """Yield the place of each decorated definition with the name of what it is put into.

    That is an object of the module whose method decorates, or what a function of the module that
    decorates changes.
    """
    changed: dict[str, set[str]] = {}
    for place, node in enumerate(nodes):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            for decorator in map(_root, node.decorator_list):
                yield from ((place, name) for name in sorted(changed.get(decorator, ())))
        if isinstance(node, ast.FunctionDef):
            changed[node.name] = set(_changed(node))
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            names = [one.id for one in node.targets if isinstance(one, ast.Name)]
            changed.update((name, {name}) for name in names)


def _root(decorator: ast.expr) -> str:
    while isinstance(decorator, ast.Call | ast.Attribute):
        decorator = decorator.func if isinstance(decorator, ast.Call) else decorator.value
    return decorator.id if isinstance(decorator, ast.Name) else ""


def _changed(function: ast.FunctionDef) -> Iterator[str]:
    """Names of containers that a function puts something into, and does not make itself."""
    for node in ast.walk(function):
        match node:
            case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store()):
                yield name
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=method)) if (
                method in FILLS
            ):
                yield name
