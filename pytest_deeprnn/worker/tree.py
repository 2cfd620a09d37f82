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
        return [pair for pair in vars(node).items() if _holds_tensors(pair[1])]
    if isinstance(node, Iterable) and _is_sized(node):
        return list(enumerate(node))
    return None


def _module_parts(module: torch.nn.Module) -> list[tuple[Any, object]]:
    return [(name, value) for name, value in module.named_parameters()] + [
        (name, value) for name, value in module.named_buffers()
    ]


def _is_sized(node: object) -> bool:
    return hasattr(node, "__len__") and not isinstance(node, range | set | frozenset)


def _is_plain_object(node: object) -> bool:
    return hasattr(node, "__dict__") and not isinstance(node, type) and not callable(node)


def _holds_tensors(value: object) -> bool:
    children = _children(value)
    if children is None:
        return isinstance(value, Tensor)
    return any(_holds_tensors(child) for _, child in children)


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
    return kind([part for _, part in parts])


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
