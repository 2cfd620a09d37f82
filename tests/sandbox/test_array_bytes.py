"""Tensors cross as raw numbers, exactly; bytes that do not fit are refused."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from pytest_deeprnn.sandbox.protocol.messages import Array
from pytest_deeprnn.sandbox.tensors import NotAnArray, pack, unpack


def bits(tensor: Tensor) -> list[bytes]:
    """Each number's own bytes, so that NaN and the sign of zero count."""
    code = {torch.float64: "=d", torch.float32: "=f", torch.int64: "=q"}[tensor.dtype]
    return [struct.pack(code, number) for number in tensor.detach().reshape(-1).tolist()]


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.int64], ids=str)
@pytest.mark.parametrize("shape", [(), (1,), (5,), (2, 3), (0,), (3, 0, 2), (1, 2, 1, 3)], ids=str)
def test_numbers_shape_and_dtype_come_back(dtype: torch.dtype, shape: tuple[int, ...]) -> None:
    count = math.prod(shape)
    tensor = torch.arange(count, dtype=torch.float64).sub(2).mul(1.1).reshape(shape).to(dtype)
    array = pack(tensor)
    assert (array.shape, array.dtype) == (shape, str(dtype).removeprefix("torch."))
    assert array.data == b"".join(bits(tensor))
    again = unpack(array)
    assert (again.shape, again.dtype) == (tensor.shape, dtype)
    assert bits(again) == bits(tensor)


def test_special_numbers_come_back_bit_by_bit() -> None:
    tensor = torch.tensor([math.nan, math.inf, -math.inf, 0.0, -0.0, 5e-324, 1e308]).double()
    tensor[5] = 5e-324
    again = unpack(pack(tensor))
    assert math.isnan(again[0].item())
    assert bits(again)[1:] == bits(tensor)[1:]
    assert math.copysign(1, again[4].item()) == -1


WHOLE = torch.arange(24, dtype=torch.float64).reshape(4, 6)


@pytest.mark.parametrize(
    "view",
    [
        lambda t: t.T,
        lambda t: t[::2, 1::3],
        lambda t: t[1],
        lambda t: t[:, 2],
        lambda t: t[:1].expand(3, 6),
        lambda t: t.flip(0),
        lambda t: t.reshape(2, 2, 6).permute(2, 0, 1),
        lambda t: t.clone().requires_grad_(),
        lambda t: torch.nn.Parameter(t.T),
        lambda t: (t.to(torch.complex128) * 1j).conj().imag,
    ],
)
def test_any_strides_give_row_major_numbers(view: Callable[[Tensor], Tensor]) -> None:
    tensor = view(WHOLE)
    assert unpack(pack(tensor)).tolist() == tensor.tolist()
    assert not unpack(pack(tensor)).requires_grad


@pytest.mark.parametrize(
    "tensor",
    [
        torch.tensor([True, False]),
        torch.tensor([1.5, 2.0], dtype=torch.float16),
        torch.tensor([1.5, 2.0], dtype=torch.bfloat16),
        torch.tensor([3, 4], dtype=torch.int32),
    ],
    ids=lambda tensor: str(tensor.dtype),
)
def test_other_dtypes_become_float64(tensor: Tensor) -> None:
    array = pack(tensor)
    assert array.dtype == "float64"
    assert unpack(array).tolist() == [float(number) for number in tensor.tolist()]


def test_both_ends_have_memory_of_their_own() -> None:
    tensor = torch.zeros(3, dtype=torch.float64)
    array = pack(tensor)
    first, second = unpack(array), unpack(array)
    tensor += 1
    first += 2
    assert (first.tolist(), second.tolist()) == ([2.0] * 3, [0.0] * 3)


@pytest.mark.parametrize(
    ("shape", "dtype", "size"),
    [
        ((2,), "float64", 15),
        ((2,), "float64", 17),
        ((2,), "float64", 8),
        ((), "float64", 0),
        ((2,), "float32", 16),
        ((0,), "float64", 8),
        ((-1,), "float64", 8),
        ((-1, -1), "float64", 8),
        ((-1, 0), "float64", 0),
        ((2**62,), "float64", 8),
        ((2**32, 2**32), "float64", 0),
        ((1,), "object", 8),
        ((1,), "torch.float64", 8),
        ((1,), "", 8),
        ((0, 2**62, 4), "float64", 0),
        ((0, 2**64 - 1), "float64", 0),
    ],
)
def test_bytes_that_do_not_fit_are_refused(shape: tuple[int, ...], dtype: str, size: int) -> None:
    with pytest.raises(NotAnArray):
        unpack(Array(shape=shape, dtype=dtype, data=bytes(size)))
