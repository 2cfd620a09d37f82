"""torch's settings as a submission makes them for its whole program: in force for its calls alone.

A file may begin with `torch.set_default_dtype(torch.float64)`. That holds whenever its functions
run, and never for what the host does between them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import torch

_set_dtype = torch.set_default_dtype
_set_device = torch.set_default_device
#: A script's default, which is no choice: a submission that asks for it gets the request's dtype.
_USUAL = torch.float32


class Setting:
    """The default dtype, the default device and the gradient mode that a submission chose."""

    def __init__(self) -> None:
        self._setters = {
            "set_default_dtype": self._of_dtype(torch.set_default_dtype),
            "set_default_tensor_type": self._of_dtype(torch.set_default_tensor_type),
            "set_default_device": self._of_device(),
        }
        self.forget()

    def forget(self) -> None:
        """Begin as a fresh interpreter does."""
        self._dtype: torch.dtype | None = None
        self._device: Any = None
        self._tracked = True
        self._requested = torch.get_default_dtype()

    @property
    def dtype(self) -> str:
        """The default dtype that was chosen, "" where it is torch's own."""
        return "" if self._dtype is None else str(self._dtype).removeprefix("torch.")

    @contextmanager
    def held(self, dtype: torch.dtype) -> Iterator[None]:
        """Answer a request under its default dtype; this process is left as it was."""
        own = {name: getattr(torch, name) for name in self._setters}
        before = torch.get_default_dtype(), torch.is_grad_enabled()
        _set_dtype(dtype)
        torch.set_grad_enabled(True)
        _put(self._setters)
        try:
            yield
        finally:
            _put(own)
            _set_dtype(before[0])
            torch.set_grad_enabled(before[1])

    @contextmanager
    def loading(self) -> Iterator[None]:
        """Run the submission's file: what it sets is in force from then on."""
        self.forget()
        outer = _device()
        try:
            yield
        finally:
            self._tracked = torch.is_grad_enabled()
            torch.set_grad_enabled(True)
            _set_dtype(self._requested)
            self._back_to(outer)

    @contextmanager
    def calling(self, lasting: bool = False) -> Iterator[None]:
        """Run one of its functions; a gradient mode that it leaves stays where that is `lasting`.

        Other settings that a call leaves end with the request, in which they can still be seen.
        """
        outer, chosen = _device(), (self._dtype, self._device)
        before = torch.get_default_dtype(), torch.is_grad_enabled()
        self._requested = before[0]
        given = self._apply(*before)
        try:
            yield
        finally:
            now = torch.get_default_dtype(), torch.is_grad_enabled()
            self._tracked = now[1] if lasting else self._tracked
            self._back_to(outer)
            self._dtype, self._device = chosen
            if now[0] == given[0]:
                _set_dtype(before[0])
            if now[1] == given[1]:
                torch.set_grad_enabled(before[1])

    def _apply(self, dtype: torch.dtype, tracked: bool) -> tuple[torch.dtype, bool]:
        """Put the submission's settings in force; the dtype and gradient mode that came of it."""
        _set_dtype(self._dtype or dtype)
        torch.set_grad_enabled(tracked and self._tracked)
        if self._device is not None:
            _set_device(self._device)
        return torch.get_default_dtype(), torch.is_grad_enabled()

    def _back_to(self, device: Any) -> None:
        if _device() != device:
            _set_device(device)

    def _of_dtype(self, setter: Callable[[Any], None]) -> Callable[[Any], None]:
        def noted(chosen: Any, /) -> None:
            setter(chosen)
            now = torch.get_default_dtype()
            self._dtype = None if now is _USUAL else now
            if now is _USUAL:
                _set_dtype(self._requested)

        return noted

    def _of_device(self) -> Callable[[Any], None]:
        def noted(device: Any) -> None:
            _set_device(device)
            self._device = device

        return noted


def _device() -> Any:
    """The default device where one was set, None where none was."""
    context = getattr(torch._GLOBAL_DEVICE_CONTEXT, "device_context", None)
    return None if context is None else context.device


def _put(functions: dict[str, Any]) -> None:
    for name, function in functions.items():
        setattr(torch, name, function)
