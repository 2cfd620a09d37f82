"""Containers of tensors: taking them apart and building them again, whatever their class."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import torch
from torch import Tensor

MAX_LEAVES = 20_000
MAX_DEPTH = 50


class TooManyLeaves(Exception):
    """A container is too large, too deep or contains itself."""


def leaves(container: object) -> list[tuple[str, object]]:
    """List the leaves with their paths, as one would write them in Python: `[0]['W']`."""
    found: list[tuple[str, object]] = []
    for pair in _walk(container, "", 0):
        found.append(pair)
        if len(found) > MAX_LEAVES:
            raise TooManyLeaves(f"more than {MAX_LEAVES} leaves")
    return found


def rebuild(container: object, replace: Callable[[object], object]) -> object:
    """Build the same container anew with each leaf replaced, in the order of `leaves`."""
    children = _children(container)
    if children is None:
        return replace(container)
    return _assemble(container, [(key, rebuild(child, replace)) for key, child in children])


def _walk(node: object, path: str, depth: int) -> Iterator[tuple[str, object]]:
    if depth > MAX_DEPTH:
        raise TooManyLeaves("nested too deep")
    children = _children(node)
    if children is None:
        yield path, node
        return
    for key, child in children:
        yield from _walk(child, path + _step(node, key), depth + 1)


def _children(node: object) -> list[tuple[Any, object]] | None:
    """The parts of a container by key, or None for a leaf."""
    if isinstance(node, Tensor | str | bytes | int | float | complex | torch.device | torch.dtype):
        return None
    if isinstance(node, torch.nn.Module):
        return _module_parts(node)
    if isinstance(node, dict):
        return list(node.items())
    if isinstance(node, list | tuple):
        return list(enumerate(node))
    if _is_plain_object(node):
        return [pair for pair in _attributes(node) if _is_worth_entering(pair[1])]
    if isinstance(node, Iterable) and _is_sized(node):
        return list(enumerate(node))
    return None


def _module_parts(module: torch.nn.Module) -> list[tuple[Any, object]]:
    parameters = module.named_parameters(remove_duplicate=False)
    return [*parameters, *module.named_buffers(remove_duplicate=False)]


def _is_sized(node: object) -> bool:
    return hasattr(node, "__len__") and not isinstance(node, range | set | frozenset)


def _is_plain_object(node: object) -> bool:
    if isinstance(node, type) or callable(node):
        return False
    return hasattr(node, "__dict__") or dataclasses.is_dataclass(node)


def _attributes(node: Any) -> list[tuple[str, object]]:
    """What an object holds under its names; a dataclass with slots has no __dict__."""
    if hasattr(node, "__dict__"):
        return list(vars(node).items())
    return [(one.name, getattr(node, one.name)) for one in dataclasses.fields(node)]


def _is_worth_entering(value: object) -> bool:
    """Numbers and names beside the tensors of an object are its own affair."""
    plain = str | bytes | int | float | complex | bool | torch.device | torch.dtype | type
    return value is not None and not isinstance(value, plain) and not callable(value)


def _step(node: object, key: object) -> str:
    if isinstance(node, torch.nn.Module) or not isinstance(node, dict | list | tuple):
        return f"[{key}]" if isinstance(key, int) else f".{key}"
    fields = getattr(node, "_fields", None)
    if fields is not None and isinstance(key, int):
        return f".{fields[key]}"
    return f"[{key!r}]"


def _assemble(node: Any, parts: list[tuple[Any, object]]) -> object:
    if isinstance(node, torch.nn.Module):
        return _with_parameters(node, parts)
    if isinstance(node, dict):
        again = copy.copy(node)
        again.update(parts)
        return again
    kind: Any = type(node)
    if isinstance(node, tuple) and hasattr(node, "_fields"):
        return kind(*(part for _, part in parts))
    if isinstance(node, list | tuple):
        return kind(part for _, part in parts)
    if dataclasses.is_dataclass(node) or _is_plain_object(node):
        again = copy.copy(node)
        for name, part in parts:
            object.__setattr__(again, name, part)
        return again
    values = [part for _, part in parts]
    try:
        return kind(values)
    except TypeError:  # a view, such as dict.values(), cannot be made by itself
        return values


def _with_parameters(module: torch.nn.Module, parts: list[tuple[Any, object]]) -> torch.nn.Module:
    """A copy of a module whose parameters and buffers are replaced, dotted names included."""
    again = copy.deepcopy(module)
    for name, part in parts:
        owner_name, _, attribute = name.rpartition(".")
        owner = again.get_submodule(owner_name)
        if isinstance(part, Tensor) and attribute in owner._parameters:
            owner._parameters[attribute] = _as_parameter(part)
        else:
            owner._buffers[attribute] = part if isinstance(part, Tensor) else None
    return again


def _as_parameter(tensor: Tensor) -> torch.nn.Parameter:
    """`_parameters` accepts any tensor at run time; what is measured must stay this tensor."""
    return tensor  # type: ignore[return-value]  # a Parameter would cut the graph to `tensor`
