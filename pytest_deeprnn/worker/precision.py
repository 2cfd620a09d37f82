"""Lets a submission that asks for float32 compute in float64, so that numbers can be compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import torch
from torch.overrides import TorchFunctionMode


class Double(TorchFunctionMode):
    """Maps torch.float32 to torch.float64 wherever a torch function is given it."""

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Iterable[type],
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """Call the function with every float32 request made a float64 one."""
        if func is torch.Tensor.float:
            func = torch.Tensor.double
        kwargs = {key: _double(value) for key, value in (kwargs or {}).items()}
        return func(*(_double(value) for value in args), **kwargs)


_NAMES = {"torch.FloatTensor": "torch.DoubleTensor", "torch.float32": "torch.float64"}


def _double(value: Any) -> Any:
    if value is torch.float32:
        return torch.float64
    if value is torch.FloatTensor:
        return torch.DoubleTensor
    return _NAMES.get(value, value) if isinstance(value, str) else value
