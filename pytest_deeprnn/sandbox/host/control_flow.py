"""torch's operators of control flow as Python does the same: what is called, and in which order.

What they compute is in the documentation of `torch.cond` and `torch._higher_order_ops`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor
from torch.utils._pytree import tree_flatten, tree_map, tree_unflatten


def cond(
    pred: Any,
    true_fn: Callable[..., Any],
    false_fn: Callable[..., Any],
    operands: Sequence[Any] = (),
) -> Any:
    """Call one of two functions."""
    return true_fn(*operands) if pred else false_fn(*operands)


def map(f: Callable[..., Any], xs: Any, *args: Any) -> Any:  # torch's name
    """Call a function with each slice along the first axis; stack what it gives."""
    return _stacked([f(one, *args) for one in _slices(xs, 0)], 0)


def scan(
    combine_fn: Callable[[Any, Any], tuple[Any, Any]],
    init: Any,
    xs: Any,
    *,
    dim: int = 0,
    reverse: bool = False,
) -> tuple[Any, Any]:
    """Carry a value through the slices along an axis; the last one, and what came at each."""
    carry, given = init, []
    for one in _ordered(_slices(xs, dim), reverse):
        carry, out = combine_fn(carry, one)
        given.append(out)
    return carry, _stacked(_ordered(given, reverse), dim)


def associative_scan(
    combine_fn: Callable[[Any, Any], Any],
    xs: Any,
    dim: int,
    reverse: bool = False,
    combine_mode: str = "pointwise",
) -> Any:
    """Combine each slice along an axis with all before it."""
    first, *others = _ordered(_slices(xs, dim), reverse)
    combined = [first]
    for one in others:
        combined.append(combine_fn(combined[-1], one))
    return _stacked(_ordered(combined, reverse), dim)


def _ordered(slices: list[Any], reverse: bool) -> list[Any]:
    return slices[::-1] if reverse else slices


def _slices(xs: Any, dim: int) -> list[Any]:
    """The slices of all tensors in a tree along one axis, each a tree."""
    leaves, form = tree_flatten(xs)
    cut = [leaf.unbind(dim) for leaf in leaves]
    return [tree_unflatten(list(one), form) for one in zip(*cut, strict=True)]


def _stacked(trees: list[Any], dim: int) -> Any:
    """One tree of the tensors of several, along a new axis; numbers of fewer axes at their last."""
    return tree_map(lambda *leaves: _stack(list(leaves), dim), trees[0], *trees[1:])


def _stack(leaves: list[Tensor], dim: int) -> Tensor:
    return torch.stack(leaves, dim if dim <= leaves[0].dim() else 0)
