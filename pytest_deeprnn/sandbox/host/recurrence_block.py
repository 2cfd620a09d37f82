"""Sees a recurrence that is handed to torch's own layers, by whatever road it gets there.

The networks of the book's package are told in the same way, see `book/networks`.

Every road ends at an operator of the dispatcher: torch.nn.GRU, its functional forms, torch._VF,
torch.ops, TorchScript and other threads alike. These operators are replaced: in a worker of its
own before any student code runs and for good, and once more during a call that is watched.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import re
import sys
import types
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NoReturn

import torch
from torch._decomp import decompositions
from torch.ao.nn.quantizable.modules import rnn as quantizable

from pytest_deeprnn.sandbox.host.exceptions import innermost
from pytest_deeprnn.sandbox.protocol.messages import Delegation, Owner

_RECURRENT = re.compile(r"^aten::_?(\w+_)?(gru|lstm|rnn)(_\w+)?(\.\w+)?$")
#: The same with the quantised ones, and those that write into a given tensor.
_ANY_RECURRENT = re.compile(r"^\w+::_?(\w+_)?(gru|lstm|rnn)(_\w+)?(\.\w+)?$")
_KEY = "CompositeImplicitAutograd"
_KEYS = (_KEY, "CompositeExplicitAutograd", "CPU", "QuantizedCPU", "MkldnnCPU", "AutogradCPU")
_KERNELS = (("mkldnn_rnn_layer", "CPU"),)  # whole layers that can be called by themselves
#: The same operators once more, written in Python: for torch's compilers, and for quantisation.
_IN_PYTHON = re.compile(r"(gru|lstm|rnn)(_|$)")
_MAX_SEEN = 20


class Delegated(RuntimeError):
    """Raised where torch's own recurrence is called, so that it cannot answer."""


class Refusal:
    """Stands in the place of torch's recurrent operators; `seen` fills with those called.

    `holds` says whether networks of the book's package are refused as well, or only noted.
    """

    def __init__(self, filenames: Iterable[str] = (), holds: bool = False) -> None:
        self.filenames = set(filenames)
        self.holds = holds
        self.seen: list[Delegation] = []

    def refuse(self, name: str, *args: Any, **kwargs: Any) -> NoReturn:
        """Note the line that called, and raise Delegated."""
        operator = name.split(".", 1)[0]
        self._note(operator, "torch")
        raise Delegated(f"torch's own {operator} is called")

    def take_from_book(self, name: str) -> None:
        """Note the line that makes or runs one of the book's networks; Delegated if refused."""
        self._note(name, "d2l")
        if self.holds:
            raise Delegated(f"d2l.{name}, the book's own network, is taken")

    def _note(self, name: str, owner: Owner) -> None:
        if len(self.seen) < _MAX_SEEN:
            frame = innermost(sys._getframe(), self.filenames)
            self.seen.append(Delegation(operator=name, owner=owner, frame=frame))

    def take(self) -> tuple[Delegation, ...]:
        """Hand over what was seen and start anew."""
        seen = tuple(self.seen)
        self.seen.clear()
        return seen


@contextlib.contextmanager
def refused(filenames: set[str]) -> Iterator[list[Delegation]]:
    """Refuse torch's recurrent operators; the list fills with those that are called."""
    refusal = Refusal(filenames)
    # torch has no public way to take an implementation back; this one leaves nothing behind
    with torch.library._scoped_library("aten", "IMPL") as library:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for name, key in operators():
                library.impl(name, functools.partial(refusal.refuse, name), key)
        yield refusal.seen


def refuse_for_good(refusal: Refusal) -> None:
    """Refuse torch's recurrent operators as long as this process lives.

    Nothing in Python leads to the registration afterwards, so nothing can take it back.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for namespace, kernels in all_kernels().items():
            # torch.library.Library would take them back: it has a finalizer that all can find
            registered = torch._C._dispatch_library("IMPL", namespace, "", __file__, 0)
            ctypes.pythonapi.Py_IncRef(ctypes.py_object(registered))
            for name, key in kernels:
                registered.impl(name, key, functools.partial(refusal.refuse, name))
    for name, function in _written_in_python():
        function.__code__ = _instead.__code__
        function.__defaults__ = None
        function.__kwdefaults__ = {"refuse": functools.partial(refusal.refuse, name)}


@functools.cache
def operators() -> list[tuple[str, str]]:
    """The recurrent operators with the dispatch key at which each is replaced, looked up once."""
    names = sorted(name for name in torch._C._dispatch_get_all_op_names() if _RECURRENT.match(name))
    has_kernel = torch._C._dispatch_has_kernel_for_dispatch_key
    composite = [(name.removeprefix("aten::"), _KEY) for name in names if has_kernel(name, _KEY)]
    return [*composite, *_KERNELS]


@functools.cache
def all_kernels() -> dict[str, list[tuple[str, str]]]:
    """Every kernel of every recurrent operator, by namespace, looked up once."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    has_kernel = torch._C._dispatch_has_kernel_for_dispatch_key
    for full in sorted(filter(_ANY_RECURRENT.match, torch._C._dispatch_get_all_op_names())):
        namespace, name = full.split("::", 1)
        found[namespace] += [(name, key) for key in _KEYS if has_kernel(full, key)]
    return found


def _written_in_python() -> Iterator[tuple[str, types.FunctionType]]:
    """torch's own recurrences that do without such an operator."""
    for name, function in vars(decompositions).items():
        if isinstance(function, types.FunctionType) and _IN_PYTHON.search(name):
            yield name, function
    for name, layer in vars(quantizable).items():
        if isinstance(layer, type) and issubclass(layer, torch.nn.Module):
            forward = vars(layer).get("forward")
            if isinstance(forward, types.FunctionType):
                yield f"quantizable.{name}", forward


def _instead(*args: Any, refuse: Callable[..., NoReturn], **kwargs: Any) -> NoReturn:
    """What those functions do from then on, whoever holds them."""
    refuse(*args, **kwargs)
