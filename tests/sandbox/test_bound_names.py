"""Where a name was bound to a tensor: a line of the call that bound it, in that call's own file."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import torch

from pytest_deeprnn.sandbox.host.recorder import _Bindings

LOW = "\n" * 40 + "def low(made):\n    first = made\n    return first\n"
HIGH = "def high(made):\n    second = made\n    return second\n"


def function(text: str, filename: str) -> Callable[[torch.Tensor], torch.Tensor]:
    """The one function of a text."""
    module: dict[str, Any] = {}
    exec(compile(text, filename, "exec"), module)
    found: Callable[[torch.Tensor], torch.Tensor] = next(
        value for name, value in module.items() if name in ("low", "high")
    )
    return found


def test_what_a_call_bound_is_forgotten_when_another_call_takes_its_frame() -> None:
    low, high = function(LOW, "low.py"), function(HIGH, "high.py")
    bindings = _Bindings({"low.py", "high.py"})
    tensors = [torch.zeros(1) for _ in range(20)]
    before = sys.gettrace()
    sys.settrace(bindings.trace)
    try:
        for tensor in tensors:
            low(tensor)
            high(tensor)
    finally:
        sys.settrace(before)
    told = {(one.frame.filename, one.frame.line) for each in tensors for one in bindings.of(each)}
    assert told == {("low.py", 42), ("high.py", 2)}
