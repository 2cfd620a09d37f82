"""Containers of tensors: taking them apart and building them again, whatever their class."""

from __future__ import annotations

import copy
import functools
import inspect
import itertools
import types
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sized
from typing import Any

import numpy as np
import torch
from torch import Tensor

from pytest_deeprnn.sandbox.protocol.limits import MAX_LEAVES

_LEAVES = (
    Tensor,
    str,
    bytes,
    int,
    float,
    complex,
    range,
    set,
    frozenset,
    type,
    functools.partial,
    types.ModuleType,
    torch.device,
    torch.dtype,
    torch.Generator,
    torch.jit.ScriptFunction,
)
MAX_DEPTH = 50


class TooManyLeaves(Exception):
    """A container is too large, too deep or contains itself."""


def leaves(container: object) -> list[tuple[str, object]]:
    """List the leaves with their paths, as one would write them in Python: `[0]['W']`."""
    return _listed(container, _step)


def values(container: object) -> list[object]:
    """List the leaves alone: making paths takes longer than all else."""
    return [leaf for _, leaf in _listed(container, lambda node, key: "")]


def rebuild(container: object, replace: Callable[[object], object]) -> object:
    """Build the same container anew with each leaf replaced, in the order of `leaves`."""
    children = _children(container)
    if children is None:
        return replace(container)
    return _assemble(container, [(key, rebuild(child, replace)) for key, child in children])


_Step = Callable[[object, object], str]


def _listed(container: object, step: _Step) -> list[tuple[str, object]]:
    found = list(itertools.islice(_walk(container, "", 0, step), MAX_LEAVES + 1))
    if len(found) > MAX_LEAVES:
        raise TooManyLeaves(f"more than {MAX_LEAVES} leaves")
    return found


def _walk(node: object, path: str, depth: int, step: _Step) -> Iterator[tuple[str, object]]:
    if depth > MAX_DEPTH:
        raise TooManyLeaves("nested too deep")
    children = _children(node)
    if children is None:
        yield path, node
        return
    for key, child in children:
        yield from _walk(child, path + step(node, key), depth + 1, step)


def _children(node: Any) -> list[tuple[Any, object]] | None:
    """The parts of a container by key, or None for a leaf."""
    if type(node) in (list, tuple):  # nearly always, and what follows takes its time
        return list(enumerate(node))
    if isinstance(node, _LEAVES) or inspect.isroutine(node):
        return None
    if isinstance(node, np.ndarray):  # one of numbers is a leaf, one of objects a container
        return list(enumerate(node)) if node.dtype == object and node.ndim else None
    if isinstance(node, torch.nn.Module):  # its buffers are no parameters
        return list(node.named_parameters(remove_duplicate=False))
    if isinstance(node, Mapping):
        return list(node.items())
    if isinstance(node, list | tuple | deque):
        return list(enumerate(node))
    attributes = _attributes(node)
    if attributes is not None:
        return [pair for pair in attributes if _is_worth_entering(pair[1])]
    if isinstance(node, Iterable) and isinstance(node, Sized):
        return list(enumerate(node))
    return None


def _attributes(node: object) -> list[tuple[str, object]] | None:
    """What an object of a class in Python holds under its names, in __dict__ or in slots."""
    slots = [
        name
        for kind in type(node).__mro__
        for name in _names(vars(kind).get("__slots__", ()))
        if not name.startswith("__") and hasattr(node, name)
    ]
    if not slots and not hasattr(node, "__dict__"):
        return None
    return [*vars(node).items()] if not slots else [(name, getattr(node, name)) for name in slots]


def _names(slots: str | Iterable[str]) -> Iterable[str]:
    return (slots,) if isinstance(slots, str) else slots


def _is_worth_entering(value: object) -> bool:
    """Numbers, names and functions beside the tensors of an object are its own affair."""
    if isinstance(value, Tensor):
        return True
    return value is not None and not isinstance(value, _LEAVES) and not inspect.isroutine(value)


def _step(node: object, key: object) -> str:
    if isinstance(node, torch.nn.Module) or not isinstance(node, Mapping | list | tuple | deque):
        return f"[{key}]" if isinstance(key, int) else f".{key}"
    fields = vars(type(node)).get("_fields") if isinstance(node, tuple) else None
    return f".{fields[key]}" if fields and isinstance(key, int) else f"[{key!r}]"


def _assemble(node: Any, parts: list[tuple[Any, object]]) -> object:
    """The same container with other parts; a class may have an __init__ of its own."""
    kind: Any = type(node)
    values = [part for _, part in parts]
    if isinstance(node, torch.nn.Module):
        return _with_parameters(node, parts)
    if isinstance(node, MutableMapping):
        again = copy.copy(node)
        again.update(parts)
        return again
    if isinstance(node, Mapping):
        return kind(dict(parts))
    if isinstance(node, list | deque | np.ndarray):
        copied: Any = copy.copy(node)
        for index, value in enumerate(values):
            copied[index] = value
        return copied
    if isinstance(node, tuple):
        again = tuple.__new__(kind, values)
        vars(again).update(vars(node)) if hasattr(node, "__dict__") else None
        return again
    if _attributes(node) is not None:
        again = copy.copy(node)
        for name, part in parts:
            object.__setattr__(again, name, part)
        return again
    return values  # a view, such as dict.values(), cannot be made by itself


def _with_parameters(module: torch.nn.Module, parts: list[tuple[Any, object]]) -> torch.nn.Module:
    """A copy of a module whose parameters are replaced, dotted names included."""
    again = copy.deepcopy(module)
    for name, part in parts:
        owner_name, _, attribute = name.rpartition(".")
        owner = again.get_submodule(owner_name)
        owner._parameters[attribute] = part  # type: ignore[assignment]  # a Parameter would cut the graph to the tensor
    return again
