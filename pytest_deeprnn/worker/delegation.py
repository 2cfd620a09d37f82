"""Sees a recurrence that is handed to torch's own layers, by whatever road it gets there.

Every road ends at an operator of the dispatcher: torch.nn.GRU, its functional forms, torch._VF,
torch.ops, TorchScript and other threads alike. During one call these operators are replaced.
"""

from __future__ import annotations

import contextlib
import functools
import re
import sys
import warnings
from collections.abc import Iterator
from typing import Any, NoReturn

import torch

from pytest_deeprnn.worker.failures import innermost
from pytest_deeprnn.worker.messages import Delegation

_RECURRENT = re.compile(r"^aten::_?(\w+_)?(gru|lstm|rnn)(_\w+)?(\.\w+)?$")
_KEY = "CompositeImplicitAutograd"
_KERNELS = (("mkldnn_rnn_layer", "CPU"),)  # whole layers that can be called by themselves
_MAX_SEEN = 20


class Delegated(RuntimeError):
    """Raised where torch's own recurrence is called, so that it cannot answer."""


@contextlib.contextmanager
def refused(filenames: set[str]) -> Iterator[list[Delegation]]:
    """Refuse torch's recurrent operators; the list fills with those that are called."""
    seen: list[Delegation] = []
    # torch has no public way to take an implementation back; this one leaves nothing behind
    with torch.library._scoped_library("aten", "IMPL") as library:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for name, key in _operators():
                library.impl(name, functools.partial(_refuse, name, seen, filenames), key)
        yield seen


def _operators() -> list[tuple[str, str]]:
    """The recurrent operators with the dispatch key at which each is replaced."""
    names = sorted(name for name in torch._C._dispatch_get_all_op_names() if _RECURRENT.match(name))
    has_kernel = torch._C._dispatch_has_kernel_for_dispatch_key
    composite = [(name.removeprefix("aten::"), _KEY) for name in names if has_kernel(name, _KEY)]
    return [*composite, *_KERNELS]


def _refuse(
    name: str, seen: list[Delegation], filenames: set[str], *args: Any, **kwargs: Any
) -> NoReturn:
    operator = name.split(".", 1)[0]
    if len(seen) < _MAX_SEEN:
        seen.append(Delegation(operator=operator, frame=innermost(sys._getframe(), filenames)))
    raise Delegated(f"torch's own {operator} is called")
