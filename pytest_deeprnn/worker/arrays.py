"""Tensors to raw bytes and back."""

from __future__ import annotations

import ctypes
import math

import torch
from torch import Tensor

from pytest_deeprnn.worker.messages import Array

DTYPES = {
    "float64": torch.float64,
    "float32": torch.float32,
    "int64": torch.int64,
}
MAX_SIZE = 1 << 31
MAX_AXES = 16


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
    dtype = DTYPES.get(array.dtype)
    if dtype is None:
        raise NotAnArray(f"dtype {array.dtype!r}")
    if any(not 0 <= size <= MAX_SIZE for size in array.shape) or len(array.shape) > MAX_AXES:
        raise NotAnArray(f"shape {array.shape}")
    count = math.prod(array.shape)
    if count * dtype.itemsize != len(array.data):
        raise NotAnArray(f"{len(array.data)} bytes for shape {array.shape} of {array.dtype}")
    if count == 0:
        return torch.empty(array.shape, dtype=dtype)
    return torch.frombuffer(bytearray(array.data), dtype=dtype).reshape(array.shape)
