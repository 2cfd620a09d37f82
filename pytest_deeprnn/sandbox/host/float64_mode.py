"""Lets a submission that asks for float32 compute in float64, so that numbers can be compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import torch
from torch import Tensor
from torch.overrides import TorchFunctionMode
from torch.utils._pytree import tree_leaves, tree_map_only


class Double(TorchFunctionMode):
    """Maps torch.float32 to torch.float64 wherever a torch function is given it.

    A tensor that shares the memory of a float32 array of numpy is float32 all the same. Where it
    meets one of float64, which the file asked to be float32 too, it is widened.
    """

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
        args = tuple(_double(value) for value in args)
        try:
            return func(*args, **kwargs)
        except RuntimeError:
            if _writes(func, kwargs) or not _is_mixed(args, kwargs):
                raise
        args, kwargs = tree_map_only(Tensor, _widened, (args, kwargs))
        return func(*args, **kwargs)


def _writes(func: Callable[..., Any], kwargs: Mapping[str, Any]) -> bool:
    """Return True for a function that writes into a tensor it was given: a copy serves it not."""
    name = getattr(func, "__name__", "")
    return "out" in kwargs or _IN_PLACE.fullmatch(name) is not None


def _is_mixed(args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool:
    """Return True where tensors of both kinds of floats are among the arguments."""
    leaves = tree_leaves((args, kwargs))
    return {torch.float32, torch.float64} <= {
        one.dtype for one in leaves if isinstance(one, Tensor)
    }


def _widened(tensor: Tensor) -> Tensor:
    return tensor.double() if tensor.dtype == torch.float32 else tensor


_IN_PLACE = re.compile(r"\w*[^_]_|__(i|set)\w+__")


class Exact(TorchFunctionMode):
    """Maps every float dtype to torch.float64, and keeps autocast from rounding.

    Numbers under it are those that the same text would give if nothing were rounded.
    """

    def __enter__(self) -> Exact:
        """Start; autocast does nothing from here on."""
        self._autocast = {name: vars(_Autocast)[name] for name in ("__enter__", "__exit__")}
        _Autocast.__enter__ = lambda context: context  # type: ignore[method-assign]  # undone below
        _Autocast.__exit__ = lambda *raised: False  # type: ignore[method-assign]  # undone below
        super().__enter__()  # type: ignore[no-untyped-call]  # torch gives it no types
        return self

    def __exit__(self, *raised: Any) -> None:
        """Stop."""
        super().__exit__(*raised)  # type: ignore[no-untyped-call]  # torch gives it no types
        for name, method in self._autocast.items():
            setattr(_Autocast, name, method)

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Iterable[type],
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """Call the function with every request for less precision made one for float64."""
        func = torch.Tensor.double if func in _ROUNDING else func
        kwargs = {key: _exact(value) for key, value in (kwargs or {}).items()}
        return func(*(_exact(value) for value in args), **kwargs)


_Autocast = torch.autocast
_ROUNDING = (torch.Tensor.float, torch.Tensor.half, torch.Tensor.bfloat16)
_LESS = (torch.float32, torch.float16, torch.bfloat16)
_LESS_TYPES = (torch.FloatTensor, torch.HalfTensor, torch.BFloat16Tensor)
_LESS_NAMES = frozenset(f"torch.{kind}Tensor" for kind in ("Float", "Half", "BFloat16"))
_NAMES = {"torch.FloatTensor": "torch.DoubleTensor", "torch.float32": "torch.float64"}


def _double(value: Any) -> Any:
    if value is torch.float32:
        return torch.float64
    if value is torch.FloatTensor:
        return torch.DoubleTensor
    return _NAMES.get(value, value) if isinstance(value, str) else value


def _exact(value: Any) -> Any:
    if isinstance(value, torch.dtype) and value in _LESS:
        return torch.float64
    if value in _LESS_TYPES if isinstance(value, type) else False:
        return torch.DoubleTensor
    return "torch.DoubleTensor" if isinstance(value, str) and value in _LESS_NAMES else value
