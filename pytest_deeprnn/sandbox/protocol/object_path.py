"""Follows a path of names and keys through a loaded module, and puts a value at its end."""

from __future__ import annotations

import ast
import re
import types
from typing import Any

_KEY = r"[\w +-]*"
_PATH = re.compile(rf"[^\W\d]\w*(\.[^\W\d]\w*|\[\d+\]|\['{_KEY}'\])*")


def is_path(text: str) -> bool:
    """Tell whether a text is a path: a name, then attributes, positions and plain keys."""
    return _PATH.fullmatch(text) is not None


def root(path: str) -> str:
    """Return the name at module level that a path of attributes and keys begins with."""
    return path.split(".", 1)[0].split("[", 1)[0]


def last(path: str) -> str:
    """Return the last name or key of a path; a position in a tuple has the name before it."""
    node = ast.parse(path, mode="eval").body
    while isinstance(node, ast.Subscript):
        key = _key(node)
        if isinstance(key, str):
            return key
        node = node.value
    return node.attr if isinstance(node, ast.Attribute) else ast.unparse(node)


def reach(module: types.ModuleType, path: str) -> Any:
    """Return what `forward`, `Net.forward` or `parts["gru"][0]` is; raises what the way raises."""
    return _value(module, ast.parse(path, mode="eval").body)


def put(module: types.ModuleType, path: str, value: object) -> None:
    """Set a name of the module, or an attribute or key of what the module holds, also a frozen one.

    A part that is not there yet leaves all as it is.
    """
    place = ast.parse(path, mode="eval").body
    if isinstance(place, ast.Name):
        setattr(module, place.id, value)
        return
    assert isinstance(place, ast.Attribute | ast.Subscript)
    try:
        owner = _value(module, place.value)
    except (LookupError, AttributeError, TypeError):
        return
    if isinstance(place, ast.Subscript):
        owner[_key(place)] = value
    elif isinstance(owner, tuple) and hasattr(owner, "_replace"):
        put(module, ast.unparse(place.value), owner._replace(**{place.attr: value}))
    else:
        # a frozen dataclass refuses the plain way
        setter = type.__setattr__ if isinstance(owner, type) else object.__setattr__
        setter(owner, place.attr, value)


def _value(module: types.ModuleType, place: ast.expr) -> Any:
    match place:
        case ast.Name(id=name):
            return vars(module)[name]
        case ast.Attribute(value=owner, attr=name):
            return getattr(_value(module, owner), name)
        case ast.Subscript(value=owner):
            return _value(module, owner)[_key(place)]
        case _:
            raise TypeError("a path is made of names and keys")


def _key(place: ast.Subscript) -> Any:
    return ast.literal_eval(place.slice)
