"""Lets gradients flow where a submission cuts them, so that influence can be measured.

Only roles are found this way; whether gradients are right is checked on the plain code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import torch
from torch.overrides import TorchFunctionMode

_DATA = torch.Tensor.data.__get__  # type: ignore[attr-defined]  # a descriptor at run time
_CUTS = (torch.Tensor.detach, torch.Tensor.detach_, torch.detach, _DATA)


class Uncut(TorchFunctionMode):
    """Makes detach, .data and no_grad do nothing."""

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Iterable[type],
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """Call the function, or hand the tensor on where it would be cut off."""
        if func in _CUTS:
            return args[0].view_as(args[0])
        if func is torch._C._set_grad_enabled:
            return None
        return func(*args, **(kwargs or {}))
