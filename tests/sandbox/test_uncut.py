"""Influence is measured through what cuts gradients; elsewhere the cut stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from pytest_deeprnn.sandbox.host.keep_graph import Uncut


def without_grad(x: Tensor) -> Tensor:
    with torch.no_grad():
        return 3 * x


@pytest.mark.parametrize(
    "cut",
    [
        lambda x: 3 * x.detach(),
        lambda x: 3 * torch.detach(x),
        lambda x: 3 * x.data,
        lambda x: (3 * x).detach_(),
        without_grad,
    ],
    ids=["detach", "torch.detach", "data", "detach_", "no_grad"],
)
def test_gradients_flow_through_a_cut_only_inside(cut: Callable[[Tensor], Tensor]) -> None:
    x = torch.ones(2, requires_grad=True)
    assert not cut(x).requires_grad
    with Uncut():
        y = cut(x)
    (grad,) = torch.autograd.grad(y.sum(), x)
    assert grad.tolist() == [3, 3]
    assert torch.is_grad_enabled()
