"""Comparing numbers: a vectorised test first, the first place that differs only on failure."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Difference:
    """The first place where two tensors part."""

    index: tuple[int, ...]
    expected: float
    got: float


def first_difference(got: Tensor, expected: Tensor, tolerance: float) -> Difference | None:
    """Find the first element that differs by more than tolerance · (1 + |expected|)."""
    wrong = ~((got - expected).abs() <= tolerance * (1 + expected.abs()))  # NaN counts as wrong
    if not bool(wrong.any()):
        return None
    flat = int(wrong.reshape(-1).to(torch.int8).argmax())
    index = tuple(int(part) for part in torch.unravel_index(torch.tensor(flat), wrong.shape))
    return Difference(index, float(expected[index]), float(got[index]))
