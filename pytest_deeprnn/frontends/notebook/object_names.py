"""Writes down how functions are reached that are given as objects."""

from __future__ import annotations

import inspect
import re
import types
from collections.abc import Iterator, Mapping

_MOST = 100  # entries of a list that are looked at
_PLAIN = (bool, int, float, str, types.NoneType)
_KINDS = inspect.Parameter
_STARS: dict[object, str] = {_KINDS.VAR_POSITIONAL: "*", _KINDS.VAR_KEYWORD: "**"}


def spelling(function: object, home: Mapping[str, object]) -> str | None:
    """What a function is called in a namespace, best by the name it was defined under.

    An expression where it is a method, or stands in a class, a module, a list or a dictionary:
    `net.forward`, `parts["forward"]`.
    """
    own = getattr(function, "__name__", "")
    if home.get(own) is function:
        return str(own)
    # IPython keeps what cells gave under names like _ and _3
    names = [name for name, value in home.items() if value is function]
    own_names = [name for name in home if name.isidentifier() and not name.startswith("__")]
    held = [(name, home[name]) for name in own_names]
    names = names or [one for name, whole in held for one in _within(name, whole, function)]
    return min(names, key=lambda name: name.startswith("_"), default=None)


def root(expression: str) -> str:
    """The name that an expression begins with."""
    return re.split(r"[.\[]", expression)[0]


def adapter(name: str, expression: str, function: object) -> str:
    """The text of a function that takes what another one takes, and calls it."""
    taken: list[str] = []
    given: list[str] = []
    try:
        parameters = list(inspect.signature(function).parameters.values())  # type: ignore[arg-type]  # raises where it cannot be called
    except (TypeError, ValueError):
        return ""
    for one in parameters:
        star = _STARS.get(one.kind, "")
        if one.kind is _KINDS.KEYWORD_ONLY and not any(text[0] == "*" for text in taken):
            taken.append("*")
        if star or one.default is _KINDS.empty:
            taken.append(f"{star}{one.name}")
        elif isinstance(one.default, _PLAIN):
            taken.append(f"{one.name}={one.default!r}")
        else:
            continue
        by_name = one.kind is _KINDS.KEYWORD_ONLY
        given.append(f"{one.name}={one.name}" if by_name else f"{star}{one.name}")
    return f"def {name}({', '.join(taken)}): return {expression}({', '.join(given)})\n"


def _within(name: str, whole: object, function: object) -> Iterator[str]:
    """How a function is reached from something that holds it."""
    own = getattr(function, "__name__", "")
    if isinstance(function, types.MethodType) and function.__self__ is whole:
        yield f"{name}.{own}"
    elif isinstance(whole, type | types.ModuleType):
        if getattr(whole, own, None) is function and vars(whole).get(own) is not None:
            yield f"{name}.{own}"
    elif type(whole) in (list, tuple):
        for place, value in enumerate(list(whole)[:_MOST]):  # type: ignore[call-overload]  # a list
            if value is function:
                yield f"{name}[{place}]"
    elif type(whole) is dict:
        for key, value in list(whole.items())[:_MOST]:
            if value is function and isinstance(key, str | int):
                yield f"{name}[{key!r}]"
