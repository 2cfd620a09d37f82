"""What a call changes besides giving an answer."""

from __future__ import annotations

import itertools
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.overrides import TorchFunctionMode

from pytest_deeprnn.sandbox.host import containers
from pytest_deeprnn.sandbox.host.exceptions import innermost
from pytest_deeprnn.sandbox.protocol.messages import Frame

_LOADER = "torch.utils.data.dataloader"
#: How far the numbers of two equal calls may lie apart.
_EQUAL = defaultdict(lambda: 1e-5, {torch.float64: 1e-9})


@dataclass(frozen=True)
class _Seen:
    """A leaf as it was before the call."""

    name: str
    leaf: object
    value: Tensor | None


class Before:
    """The arguments of a call and the global settings, as they are before it."""

    def __init__(self, arguments: Mapping[str, object]) -> None:
        self._arguments = arguments
        self._seen = {name: _look(name, value) for name, value in arguments.items()}
        self._settings = {name: read() for name, read in _SETTINGS.items()}

    def changed(self) -> tuple[str, ...]:
        """The tensors whose numbers are others now."""
        return tuple(seen.name for seen in self._changed())

    def memory(self) -> set[int]:
        """The memory of the tensors whose numbers are others now, by its address."""
        return {_memory(one.leaf) for one in self._changed() if isinstance(one.leaf, Tensor)}

    def _changed(self) -> Iterator[_Seen]:
        for seen in itertools.chain.from_iterable(self._seen.values()):
            if seen.value is not None and not _equal(seen.leaf, seen.value):
                yield seen

    def replaced(self) -> tuple[str, ...]:
        """The arguments that hold other objects now: a list whose entries were set."""
        return tuple(
            name
            for name, value in self._arguments.items()
            if [id(one.leaf) for one in self._seen[name]]
            != [id(one.leaf) for one in _look(name, value)]
        )

    def kept(self, name: str) -> tuple[str, ...]:
        """The tensors that lie in one of the arguments now and did not before."""
        old = {id(one.leaf) for one in self._seen[name]}
        now = containers.leaves(self._arguments[name])
        return tuple(
            name + path for path, leaf in now if isinstance(leaf, Tensor) and id(leaf) not in old
        )

    def settings(self) -> tuple[str, ...]:
        """The global settings that are others now."""
        return tuple(
            name for name, read in _SETTINGS.items() if not _same(read(), self._settings[name])
        )


class Changes(TorchFunctionMode):
    """Notes the line after which the caller's tensors are others.

    What writes through an array of numpy is no function of torch: there it is the line that took
    the array, whose memory is the tensor's.
    """

    def __init__(self, before: Before, filenames: set[str]) -> None:
        super().__init__()
        self._before = before
        self._filenames = filenames
        self._arrays: dict[int, Frame | None] = {}
        self._written: Frame | None = None

    @property
    def where(self) -> Frame | None:
        """The line, None where none was seen."""
        arrays = (self._arrays[one] for one in self._before.memory() if one in self._arrays)
        return self._written or next(arrays, None)

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Iterable[type],
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """Call the function and look, where it may write, at what it was given."""
        name = getattr(func, "__name__", "")
        drawn = torch.get_rng_state() if name == "random_" and _in_loader() else None
        result = func(*args, **(kwargs or {}))
        if drawn is not None:
            torch.set_rng_state(drawn)
        if self._written is None and (name.endswith("_") or "out" in (kwargs or {})):
            with torch._C.DisableTorchFunction():
                if self._before.changed():
                    self._written = innermost(sys._getframe(1), self._filenames)
        if func is torch.Tensor.numpy:
            self._arrays[_memory(args[0])] = innermost(sys._getframe(1), self._filenames)
        return result


def _in_loader() -> bool:
    """Whether torch's own DataLoader draws: it seeds workers, whether it will have any or not."""
    return bool(sys._getframe(2).f_globals.get("__name__") == _LOADER)


def differs(first: Iterable[Tensor], second: Iterable[Tensor]) -> bool:
    """Whether two calls gave different numbers."""
    mine, other = list(first), list(second)
    return len(mine) != len(other) or any(
        one.shape != two.shape
        or not torch.allclose(one, two, *(_EQUAL[one.dtype],) * 2, equal_nan=True)
        for one, two in zip(mine, other, strict=True)
    )


def _memory(tensor: Tensor) -> int:
    """The address of a tensor's memory, which views of it share."""
    with torch._C.DisableTorchFunction():
        return tensor.untyped_storage().data_ptr()


def _look(name: str, value: object) -> list[_Seen]:
    return [
        _Seen(name + path, leaf, leaf.detach().clone() if isinstance(leaf, Tensor) else None)
        for path, leaf in containers.leaves(value)
    ]


def _equal(leaf: object, before: Tensor) -> bool:
    return (
        isinstance(leaf, Tensor)
        and leaf.shape == before.shape
        and bool(torch.equal(leaf.detach(), before))
    )


def _numpy_generator() -> object:
    parts = np.random.get_state(legacy=False)["state"].items()  # of whatever generator it is
    return [(name, one.tobytes() if isinstance(one, np.ndarray) else one) for name, one in parts]


def _same(now: object, before: object) -> bool:
    if isinstance(now, Tensor) and isinstance(before, Tensor):
        return bool(torch.equal(now, before))
    return now == before


_SETTINGS: dict[str, Callable[[], Any]] = {
    "torch's random generator": torch.get_rng_state,
    "Python's random generator": random.getstate,
    "numpy's random generator": _numpy_generator,
    "torch's default dtype": torch.get_default_dtype,
    "torch's gradient mode": torch.is_grad_enabled,
}
