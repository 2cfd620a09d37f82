"""A host that is loaded with a text, and requests to it, as the trusted side writes them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor

from pytest_deeprnn.sandbox.host.host import Host
from pytest_deeprnn.sandbox.protocol.messages import (
    Forward,
    Given,
    Invocation,
    Load,
    Loaded,
    Make,
    Unit,
)
from pytest_deeprnn.sandbox.tensors import pack

FILE = "student.py"
#: Three functions of two parameters and one state, which a test changes.
TEXT = """
import torch
def get_params(): return {"W": torch.zeros(2, 3), "b": torch.zeros(3)}
def init_state(): return [torch.zeros(1, 3)]
def forward(inputs, state, params):
    H = torch.tanh(inputs[0] @ params["W"] + params["b"] + state[0])
    CHANGE
    return H, [H]
"""
CALL = Invocation(
    function="forward",
    args=(),
    kwargs={
        "inputs": Given(what="inputs"),
        "state": Given(what="state"),
        "params": Given(what="params"),
    },
)
W = torch.arange(6, dtype=torch.float64).reshape(2, 3) / 7
B = torch.tensor([0.1, -0.2, 0.3], dtype=torch.float64)
H = torch.tensor([[0.5, -0.5, 0.25]], dtype=torch.float64)
X = torch.tensor([[[0.0, 1.0]]], dtype=torch.float64)


def with_line(line: str) -> str:
    """The text with one more line in forward."""
    return TEXT.replace("CHANGE", line)


def loaded(host: Host, text: str) -> Host:
    """Load a text and make both containers."""
    run = tuple((index,) for index in range(len(ast.parse(text).body)))
    reply = host.answer(
        Load(
            name="submission",
            units=(Unit(filename=FILE, text=text, run=run),),
            needed=("get_params", "init_state", "forward"),
            constants={},
            helpers=(),
            double=False,
        )
    )
    assert isinstance(reply, Loaded)
    for name in ("get_params", "init_state"):
        host.answer(Make(handle=name, invocation=Invocation(function=name, args=(), kwargs={})))
    return host


def call(inputs: Tensor = X) -> Forward:
    """One call of forward on fixed numbers."""
    return Forward(
        invocation=CALL,
        inputs=pack(inputs),
        params="get_params",
        params_values=(pack(W), pack(B)),
        state="init_state",
        state_values=(pack(H),),
    )


@contextmanager
def torch_left_as_it_was() -> Iterator[None]:
    """Put torch's settings and random numbers back."""
    dtype, state = torch.get_default_dtype(), torch.get_rng_state()
    grad = torch.is_grad_enabled()
    try:
        yield
    finally:
        torch.set_default_dtype(dtype)
        torch.set_rng_state(state)
        torch.set_grad_enabled(grad)
