"""Describes what the student's functions returned, cut to what the trusted side will read."""

from __future__ import annotations

import math
from collections.abc import Iterable

import torch
from torch import Tensor

from pytest_deeprnn.sandbox.host import containers
from pytest_deeprnn.sandbox.protocol.limits import (
    MAX_AXES,
    MAX_LISTED,
    MAX_NUMBERS,
    MAX_ORIGINS,
    MAX_SIZE,
)
from pytest_deeprnn.sandbox.protocol.messages import Leaf, Spot
from pytest_deeprnn.sandbox.protocol.text import class_name, name
from pytest_deeprnn.sandbox.tensors import pack

#: torch's own, taken before any student code runs: a class of tensors may have others.
_AS_IT_IS = torch._C.DisableTorchFunctionSubclass
_requires_grad = torch._C.TensorBase.requires_grad.__get__  # type: ignore[attr-defined]  # a descriptor at run time
_is_leaf = torch._C.TensorBase.is_leaf.__get__  # type: ignore[attr-defined]  # as above


class TooLarge(Exception):
    """More numbers, or more axes, than anything that is asked for has."""


def is_number_tensor(leaf: object) -> bool:
    """Whether a leaf is a tensor of floating-point numbers, which is what the grader sets."""
    return isinstance(leaf, Tensor) and leaf.is_floating_point()


def tensors(container: object) -> list[Tensor]:
    """The number tensors of a container, in the order of its leaves."""
    return [leaf for leaf in containers.values(container) if is_number_tensor(leaf)]  # type: ignore[misc]  # filtered by is_number_tensor


def parts(result: object) -> tuple[int, object, object]:
    """Split what forward returned into outputs and state; the state is all but the first value."""
    if not isinstance(result, tuple | list) or len(result) < 2:
        return 1, result, ()
    if len(result) == 2:
        return 2, result[0], result[1]
    rest = [part for part in result[2:] if tensors(part)]
    return len(result), result[0], (result[1], *rest) if rest else result[1]


def leaves(container: object) -> tuple[Leaf, ...]:
    """Every leaf with its path; raises TooLarge or tree.TooManyLeaves."""
    found = containers.leaves(container)
    refuse_many(leaf.numel() for _, leaf in found if isinstance(leaf, Tensor))
    objects: dict[int, int] = {}
    addresses = [leaf.data_ptr() for _, leaf in found if isinstance(leaf, Tensor) and leaf.numel()]
    first = min(addresses, default=0)
    return tuple(_leaf(path, leaf, objects, first) for path, leaf in found)


def refuse_many(counts: Iterable[int]) -> None:
    """Raise TooLarge where there are more numbers than will be read."""
    count = sum(counts)
    if count > MAX_NUMBERS:
        raise TooLarge(f"{count} numbers, where {MAX_NUMBERS} are the most that are looked at")


def _leaf(path: str, leaf: object, objects: dict[int, int], first: int) -> Leaf:
    if not isinstance(leaf, Tensor):
        return Leaf(path=name(path), kind=class_name(leaf))
    if leaf.dim() > MAX_AXES or math.prod(max(size, 1) for size in leaf.shape) > MAX_SIZE:
        raise TooLarge(f"a tensor of shape {tuple(leaf.shape)}")
    with _AS_IT_IS():
        requires_grad, is_leaf = _requires_grad(leaf), _is_leaf(leaf)
    return Leaf(
        path=name(path),
        kind="tensor",
        shape=tuple(leaf.shape),
        dtype=str(leaf.dtype).removeprefix("torch."),
        device=str(leaf.device),
        tensor=objects.setdefault(id(leaf), len(objects)),
        address=max(leaf.data_ptr() - first, 0),
        strides=leaf.stride(),
        requires_grad=requires_grad,
        is_leaf=is_leaf,
        data=pack(leaf.double()).data if leaf.is_floating_point() else None,
    )


def spots(container: object) -> tuple[Spot, ...]:
    """The number tensors, or the first of very many, with their devices."""
    found = [
        Spot(path=name(path), device=leaf.device.type, is_leaf=leaf.is_leaf)
        for path, leaf in containers.leaves(container)
        if isinstance(leaf, Tensor) and leaf.is_floating_point()
    ]
    return tuple(found[:MAX_ORIGINS])


def listed(names: Iterable[str]) -> tuple[str, ...]:
    """The first of many names."""
    return tuple(name(one) for one in names)[:MAX_LISTED]
