"""Lets a submission that keeps gradients for a look at them also run where there are none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from torch import Tensor
from torch.overrides import TorchFunctionMode

_NEED_GRADIENTS = (Tensor.retain_grad, Tensor.register_hook)


class _Handle:
    """The handle of a hook that was never put on."""

    def remove(self) -> None:
        """There is nothing to take off."""


class Predicting(TorchFunctionMode):
    """Skips `retain_grad` and hooks on tensors that require no gradient, where torch raises."""

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Iterable[type],
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """Call the function, or skip it."""
        if func in _NEED_GRADIENTS and not args[0].requires_grad:
            return None if func is Tensor.retain_grad else _Handle()
        return func(*args, **(kwargs or {}))


def predicting(wanted: bool) -> AbstractContextManager[object]:
    """The mode for a call without gradients, which the grader asks for and no learner did."""
    return Predicting() if wanted else nullcontext()
