"""A submission that asks for float32 computes in float64 without knowing."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch import Tensor
from torch.nn.functional import one_hot

from pytest_deeprnn.sandbox.host.float64_mode import Double

X = torch.tensor([0.1, 0.2], dtype=torch.float64)


@pytest.mark.parametrize(
    "make",
    [
        lambda: torch.zeros(2, dtype=torch.float32),
        lambda: torch.ones((2, 3), dtype=torch.float),
        lambda: torch.randn(2, dtype=torch.float32),
        lambda: torch.tensor([0.1], dtype=torch.float32),
        lambda: torch.arange(3, dtype=torch.float32),
        lambda: torch.full((2,), 0.1, dtype=torch.float32),
        lambda: torch.zeros_like(X, dtype=torch.float32),
        lambda: X.new_zeros(2, dtype=torch.float32),
        lambda: X.float(),
        lambda: X.to(torch.float32),
        lambda: X.to("cpu", torch.float32),
        lambda: X.to(dtype=torch.float32),
        lambda: X.type(torch.float32),
        lambda: X.type(torch.FloatTensor),  # type: ignore[call-overload]  # torch takes it
        lambda: X.type("torch.FloatTensor"),
        lambda: X.softmax(0, dtype=torch.float32),
        lambda: torch.nn.Parameter(torch.zeros(2, dtype=torch.float32)),
        lambda: one_hot(torch.tensor([0, 1]), 3).float(),
    ],
)
def test_a_request_for_float32_gives_float64(make: Callable[[], Tensor]) -> None:
    assert make().dtype == torch.float32
    with Double():
        assert make().dtype == torch.float64
    assert make().dtype == torch.float32


@pytest.mark.parametrize(
    "through", [lambda x: x.float().double(), lambda x: x.to(torch.float32).to(torch.float64)]
)
def test_a_detour_through_float32_rounds_nothing(through: Callable[[Tensor], Tensor]) -> None:
    assert not torch.equal(through(X), X)
    with Double():
        assert torch.equal(through(X), X)


@pytest.mark.parametrize(
    "make",
    [
        lambda: X.long(),
        lambda: X.half(),
        lambda: X.to(torch.int32),
        lambda: torch.zeros(2, dtype=torch.bool),
        lambda: torch.zeros(2, dtype=torch.float16),
        lambda: torch.zeros(2, dtype=torch.int64),
        lambda: X > 0,
        lambda: X.double(),
    ],
)
def test_other_dtypes_stay_what_they_are(make: Callable[[], Tensor]) -> None:
    plain = make()
    with Double():
        assert make().dtype == plain.dtype


def test_gradients_pass_through_what_was_float() -> None:
    leaf = X.clone().requires_grad_()
    with Double():
        leaf.float().pow(2).sum().backward()
    assert leaf.grad is not None
    assert torch.equal(leaf.grad, 2 * X)


#: It shares its memory with a tensor, which is float32 and stays so.
ARRAY = np.full((2, 2), 0.5, dtype=np.float32)
W = torch.eye(2, dtype=torch.float64) * 3


@pytest.mark.parametrize(
    "meet",
    [
        lambda own: own @ W,
        lambda own: torch.mm(W, own),
        lambda own: torch.addmm(W, own, W),
        lambda own: torch.nn.functional.linear(own, W),
        lambda own: torch.einsum("ij,jk->ik", own, W),
        lambda own: torch.cat([own, W]),
    ],
)
def test_a_float32_array_meets_what_was_made_float64(meet: Callable[[Tensor], Tensor]) -> None:
    with Double():
        met = meet(torch.from_numpy(ARRAY))
    assert met.dtype == torch.float64
    assert torch.equal(met, meet(torch.full((2, 2), 0.5, dtype=torch.float64)))


def test_a_tensor_of_an_array_keeps_its_memory() -> None:
    with Double():
        own = torch.from_numpy(ARRAY.copy())
        own.numpy()[0, 0] = 7
        assert own[0, 0].item() == 7


def test_dtypes_that_the_file_mixes_itself_are_refused_in_place() -> None:
    with Double(), pytest.raises(RuntimeError, match="dtype"):
        torch.from_numpy(ARRAY).addmm_(W, W)
