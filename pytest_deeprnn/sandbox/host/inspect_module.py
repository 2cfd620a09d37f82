"""Describes what can be called in a loaded module: instances, partials, entries, methods."""

from __future__ import annotations

import functools
import inspect
import types
from collections.abc import Callable, Iterator
from typing import Any

import torch

from pytest_deeprnn.sandbox.protocol.limits import MAX_LISTED, MAX_NAME
from pytest_deeprnn.sandbox.protocol.messages import Described, Parameter
from pytest_deeprnn.sandbox.protocol.object_path import is_path
from pytest_deeprnn.sandbox.protocol.text import name as cut

_DEPTH = 2  # containers in containers: {"gru": (get_params, init_state, forward)}
_MOST_ENTRIES = 50
_LEAVES = (torch.Tensor, torch.dtype, torch.device, str, bytes, int, float, complex)
_VARIADIC = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


def callables(
    module: types.ModuleType, names: tuple[str, ...], filenames: set[str]
) -> tuple[Described, ...]:
    """Describe what these names of a module hold and what stands in it, if it can be called.

    A class is no answer by itself, but its static and class methods are described.
    """
    found: list[Described] = []
    for name in names:
        if name in vars(module):
            found += _within(name, vars(module)[name], _DEPTH, filenames)
    return tuple(found[:MAX_LISTED])


def _within(path: str, value: Any, depth: int, filenames: set[str]) -> Iterator[Described]:
    if len(path) > MAX_NAME or not is_path(path) or isinstance(value, _LEAVES):
        return
    if callable(value) and not isinstance(value, type):
        described = _described(path, value, filenames)
        if described is not None:
            yield described
    if depth:
        for inner, one in _parts(path, value):
            yield from _within(inner, one, depth - 1, filenames)


def _parts(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    """What stands in a container, or belongs to an object, with the path to it."""
    if isinstance(value, dict):
        keys = [key for key in list(value)[:_MOST_ENTRIES] if isinstance(key, str | int)]
        yield from ((f"{path}[{key!r}]", value[key]) for key in keys)
    elif isinstance(value, tuple | list) and not hasattr(value, "_fields"):
        yield from ((f"{path}[{at}]", one) for at, one in enumerate(value[:_MOST_ENTRIES]))
    elif not isinstance(value, types.FunctionType | types.BuiltinFunctionType | functools.partial):
        for name in _own_names(value):
            yield f"{path}.{name}", getattr(value, name)


def _own_names(value: Any) -> list[str]:
    """The attributes that a module, a class or an object was given by the submission."""
    names: dict[str, None] = {}
    if isinstance(value, type):
        names.update((name, None) for name, one in vars(value).items() if _is_own(one))
    else:
        names.update(dict.fromkeys(getattr(value, "__dict__", ())))
        for base in type(value).__mro__[:-1]:
            is_torch = base.__module__.split(".")[0] in ("torch", "builtins", "types")
            names.update(() if is_torch else dict.fromkeys(vars(base)))
    return [name for name in names if not name.startswith("_")][:_MOST_ENTRIES]


def _is_own(member: object) -> bool:
    """Tell whether a member of a class can be called without an object of it."""
    if isinstance(member, staticmethod | classmethod):
        return True
    if not isinstance(member, types.FunctionType):
        return False
    return next(iter(inspect.signature(member).parameters), "self") not in ("self", "cls")


def _described(path: str, value: Callable[..., Any], filenames: set[str]) -> Described | None:
    try:
        signature = inspect.signature(_called(value))
    except (TypeError, ValueError):
        return None
    parameters = signature.parameters.values()
    filename, line = _place(value, filenames)
    return Described(
        path=path,
        arguments=tuple(
            Parameter(
                name=cut(one.name),
                required=one.default is inspect.Parameter.empty,
                positional_only=one.kind is inspect.Parameter.POSITIONAL_ONLY,
            )
            for one in parameters
            if one.kind not in _VARIADIC
        )[:MAX_LISTED],
        variadic=any(one.kind is inspect.Parameter.VAR_POSITIONAL for one in parameters),
        filename=filename,
        line=line,
    )


def _called(value: Any) -> Callable[..., Any]:
    """What runs when a value is called; a torch module's own call hides its forward."""
    found: Callable[..., Any] = value.forward if isinstance(value, torch.nn.Module) else value
    return found


def _place(value: Any, filenames: set[str]) -> tuple[str, int]:
    """The file and line of the definition, or of what it wraps; "" and 0 where it is no own one."""
    one: Any = inspect.unwrap(_called(value)) if not isinstance(value, functools.partial) else value
    while isinstance(one, functools.partial):
        one = one.func
    if not hasattr(one, "__code__") and not hasattr(one, "__func__"):
        one = vars(type(one)).get("__call__", one)
    code = getattr(getattr(one, "__func__", one), "__code__", None)
    if code is None or code.co_filename not in filenames:
        return "", 0
    return cut(code.co_filename), code.co_firstlineno
