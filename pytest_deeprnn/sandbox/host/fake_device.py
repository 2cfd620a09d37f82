"""A stand-in accelerator: tensors without numbers, on a device that is not the CPU.

The meta device runs every operation on shapes alone, but lets tensors of two devices meet in
some; here they are refused where CUDA refuses them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import torch
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

from pytest_deeprnn.sandbox.host.exceptions import innermost
from pytest_deeprnn.sandbox.protocol.messages import Frame

DEVICE = "meta"
_aten = torch.ops.aten
#: These copy between devices on CUDA too.
_COPIES = (_aten.copy_.default, _aten._to_copy.default)
_INDEXING = (
    _aten.index.Tensor,
    _aten.index_put.default,
    _aten.index_put_.default,
    _aten._index_put_impl_.default,
)
_JOINING = (_aten.stack.default, _aten.cat.default)
_READINGS = (_aten._local_scalar_dense.default,)


class Mixed(RuntimeError):
    """Tensors of two devices met in one operation."""


class StandIn(TorchDispatchMode):
    """Refuses operations on tensors of two devices; numbers that are read back are ones."""

    def __init__(self, filenames: set[str]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # torch gives it no types
        self._filenames = filenames
        self._makers: dict[int, Frame | None] = {}
        self._kept: list[Tensor] = []  # so that no id is used twice
        self.mixed = False
        self.made: Frame | None = None
        self.synchronised = False

    def __torch_dispatch__(
        self,
        func: Callable[..., Any],
        types: Iterable[type],
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """Run the operation, or raise Mixed."""
        kwargs = dict(kwargs or {})
        if func in _READINGS and args[0].device.type == DEVICE:
            self.synchronised = True
            return torch.ones((), dtype=args[0].dtype).item()
        if func in _COPIES:
            return self._copy(func, args, kwargs)
        read = list(_that_must_agree(func, args, kwargs))
        if len({tensor.device.type for tensor in read}) > 1:
            self.mixed = True
            there = [tensor for tensor in read if tensor.device.type != DEVICE]
            self.made = next((self._makers[id(t)] for t in there if id(t) in self._makers), None)
            raise Mixed(
                f"{_name(func)} is given tensors on the CPU and on the accelerator together"
            )
        result = func(*args, **kwargs)
        self._note(read, result)
        return result

    def _note(self, read: list[Tensor], result: Any) -> None:
        """Remember the line that made a tensor on the CPU, also through what is made of it."""
        known = [self._makers[id(tensor)] for tensor in read if id(tensor) in self._makers]
        for tensor in tree_leaves(result):
            if isinstance(tensor, Tensor) and tensor.device.type != DEVICE:
                here = known[0] if known else innermost(sys._getframe(), self._filenames)
                self._makers[id(tensor)] = here
                self._kept.append(tensor)

    def _copy(self, func: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """A copy back to the CPU has no numbers to bring: zeros stand for them."""
        source = args[1] if func is _aten.copy_.default else args[0]
        target = args[0].device if func is _aten.copy_.default else kwargs.get("device")
        back = source.device.type == DEVICE and target is not None and target.type == "cpu"
        if not back:
            return func(*args, **kwargs)
        self.synchronised = True
        if func is _aten.copy_.default:
            return args[0].zero_()
        dtype = kwargs.get("dtype") or source.dtype
        return torch.zeros(source.shape, dtype=dtype)


def _that_must_agree(
    func: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> Iterator[Tensor]:
    """All tensors but numbers on the CPU, without axes, which may meet any; also empty ones.

    Indices into a tensor on the accelerator may stay on the CPU as well.
    """
    if func in _INDEXING and args[0].device.type == DEVICE:
        args = (args[0], *args[2:])
    for leaf in tree_leaves((args, kwargs)):
        if isinstance(leaf, Tensor) and leaf.numel() > 0:
            alone = leaf.dim() == 0 and leaf.device.type != DEVICE
            if not alone or func in _JOINING:
                yield leaf


def _name(func: Callable[..., Any]) -> str:
    return str(func).removeprefix("aten.").split(".")[0].rstrip("_")
