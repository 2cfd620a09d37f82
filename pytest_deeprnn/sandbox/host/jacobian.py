"""Gradients of what the student's forward computes, by autograd or by central differences."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from pytest_deeprnn.sandbox.protocol.messages import Array
from pytest_deeprnn.sandbox.tensors import pack

_STEP = 1e-5  # balances truncation (step²) against rounding (1e-16 / step) in float64


#: The numbers that come with all that goes in shifted by a long vector.
At = Callable[[Tensor], list[Tensor]]


def gradients(
    outputs: list[Tensor], leaves: list[Tensor], cotangent: Tensor
) -> tuple[Array | None, ...]:
    """Differentiate the weighted sum of all outputs; None for a parameter without a path."""
    flat = _flat(outputs)
    if not flat.requires_grad:
        return tuple(None for _ in leaves)
    for leaf in leaves:
        leaf.grad = None
    # as a training loop does it: a checkpoint of the reentrant kind refuses torch.autograd.grad
    torch.autograd.backward(flat, cotangent.to(flat.dtype))
    return tuple(None if leaf.grad is None else pack(leaf.grad) for leaf in leaves)


def jacobian(
    at: At, watched: list[Tensor], values: list[Tensor], numeric: bool, sloped: bool
) -> tuple[Tensor, Tensor]:
    """Differentiate every number that came with respect to every watched one.

    Returns the Jacobian (rows, columns) and, if it is asked for, the slope along one fixed
    direction, which central differences give even where the graph is cut.
    """
    columns = sum(leaf.numel() for leaf in watched)
    flat = _flat(values)
    direction = torch.cos(torch.arange(1, columns + 1, dtype=torch.float64))
    slope = _difference(at, direction) if sloped else torch.zeros(flat.numel(), dtype=torch.float64)
    if numeric:
        unit_vectors = torch.eye(columns, dtype=torch.float64)
        return torch.stack([_difference(at, vector) for vector in unit_vectors], dim=1), slope
    return _by_autograd(flat, watched), slope


def _flat(tensors: list[Tensor]) -> Tensor:
    if not tensors:
        return torch.zeros(0)
    return torch.cat([tensor.reshape(-1).to(torch.float64) for tensor in tensors])


def _difference(at: At, direction: Tensor) -> Tensor:
    ahead, behind = _flat(at(_STEP * direction)), _flat(at(-_STEP * direction))
    return ((ahead - behind) / (2 * _STEP)).detach()


def _by_autograd(values: Tensor, watched: list[Tensor]) -> Tensor:
    if not values.requires_grad:
        return torch.zeros(values.numel(), sum(leaf.numel() for leaf in watched))
    basis = torch.eye(values.numel(), dtype=values.dtype)
    try:
        found = torch.autograd.grad(
            values, watched, basis, allow_unused=True, retain_graph=True, is_grads_batched=True
        )
    except RuntimeError:  # an operation without a batching rule, or a graph that was spoilt
        return _row_by_row(values, watched, basis)
    pieces = [
        torch.zeros(values.numel(), leaf.numel())
        if grad is None
        else grad.reshape(values.numel(), -1)
        for grad, leaf in zip(found, watched, strict=True)
    ]
    return torch.cat(pieces, dim=1)


def _row_by_row(values: Tensor, watched: list[Tensor], basis: Tensor) -> Tensor:
    """Zeros where the graph cannot be walked: the slope then shows that they are not true."""
    try:
        return torch.stack([_row(values, watched, row) for row in basis])
    except RuntimeError:
        return torch.zeros(values.numel(), sum(leaf.numel() for leaf in watched))


def _row(values: Tensor, watched: list[Tensor], weights: Tensor) -> Tensor:
    found = torch.autograd.grad(values, watched, weights, allow_unused=True, retain_graph=True)
    return torch.cat(
        [
            (torch.zeros_like(leaf) if grad is None else grad).reshape(-1)
            for grad, leaf in zip(found, watched, strict=True)
        ]
    )
