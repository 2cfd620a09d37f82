"""Tensors to raw bytes and back."""

from __future__ import annotations

import ctypes
import math

import torch
from torch import Tensor

from pytest_deeprnn.sandbox.protocol.limits import MAX_AXES, MAX_SIZE
from pytest_deeprnn.sandbox.protocol.messages import Array

DTYPES = {
    "float64": torch.float64,
    "float32": torch.float32,
    "int64": torch.int64,
}


class NotAnArray(Exception):
    """The bytes do not fill the shape, or the dtype is none of the agreed ones."""


def pack(tensor: Tensor) -> Array:
    """Copy a tensor's numbers, row-major; dtypes beside the agreed ones become float64."""
    plain = tensor.detach().cpu()
    name = str(plain.dtype).removeprefix("torch.")
    if name not in DTYPES:
        plain, name = plain.to(torch.float64), "float64"
    plain = plain.resolve_conj().resolve_neg().contiguous()
    data = ctypes.string_at(plain.data_ptr(), plain.nbytes) if plain.numel() else b""
    return Array(shape=tuple(plain.shape), dtype=name, data=data)


def unpack(array: Array) -> Tensor:
    """Make a fresh tensor of the given numbers; NotAnArray where they do not fit."""
    fit(array.shape, array.dtype, len(array.data))
    dtype = DTYPES[array.dtype]
    if not array.data:
        return torch.empty(array.shape, dtype=dtype)
    return torch.frombuffer(bytearray(array.data), dtype=dtype).reshape(array.shape)


def fit(shape: tuple[int, ...], dtype: str, size: int) -> None:
    """Raise NotAnArray where so many bytes are no tensor of this shape."""
    kind = DTYPES.get(dtype)
    if kind is None:
        raise NotAnArray(f"dtype {dtype!r}")
    whole = math.prod(max(size, 1) for size in shape)  # an empty tensor has axes as well
    if min(shape, default=0) < 0 or len(shape) > MAX_AXES or whole > MAX_SIZE:
        raise NotAnArray(f"shape {shape}")
    if math.prod(shape) * kind.itemsize != size:
        raise NotAnArray(f"{size} bytes for shape {shape} of {dtype}")
