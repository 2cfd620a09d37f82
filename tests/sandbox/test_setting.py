"""What a file sets of torch holds when its functions run, and for nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import torch
from asking import call, loaded

from pytest_deeprnn.sandbox.host.host import Host
from pytest_deeprnn.sandbox.protocol.messages import Invocation, Loaded, Made, Make, Ran

LoadText = Callable[..., Loaded]
GET = Invocation(function="get", args=(), kwargs={})


@pytest.fixture(autouse=True)
def torch_is_left_as_it_was() -> Iterator[None]:
    """Hold torch's own defaults against what is there afterwards."""
    before = torch.get_default_dtype(), torch.is_grad_enabled(), torch.get_default_device()
    setter = torch.set_default_dtype
    yield
    now = torch.get_default_dtype(), torch.is_grad_enabled(), torch.get_default_device()
    assert now == before
    assert torch.set_default_dtype is setter


def made(host: Host, dtype: str = "float64") -> Made:
    """What `get` makes under a default dtype."""
    reply = host.answer(Make(handle="h", invocation=GET, dtype=dtype))  # type: ignore[arg-type]  # one of two
    assert isinstance(reply, Made)
    return reply


@pytest.mark.parametrize(
    ("setting", "told", "single"),
    [
        ("torch.set_default_dtype(torch.float64)", "float64", "float64"),
        ("torch.set_default_tensor_type(torch.DoubleTensor)", "float64", "float64"),
        ("torch.set_default_dtype(torch.bfloat16)", "bfloat16", "bfloat16"),
        ("torch.set_default_dtype(torch.float32)", "", "float32"),
        (
            "torch.set_default_dtype(torch.half); torch.set_default_dtype(torch.float)",
            "",
            "float32",
        ),
        ("pass", "", "float32"),
    ],
)
@pytest.mark.filterwarnings("ignore:torch.set_default_tensor_type")
def test_a_default_dtype(host: Host, load: LoadText, setting: str, told: str, single: str) -> None:
    reply = load(f"import torch\n{setting}\ndef get(): return [torch.zeros(2)]\n")
    assert reply.dtype == told
    assert made(host, "float32").leaves[0].dtype == single


def test_the_usual_dtype_is_that_of_the_request(host: Host, load: LoadText) -> None:
    load("import torch\ntorch.set_default_dtype(torch.float32)\ndef get(): return torch.ones(1)\n")
    assert [made(host, dtype).leaves[0].dtype for dtype in ("float64", "float32")] == [
        "float64",
        "float32",
    ]


def test_a_default_device(host: Host, load: LoadText) -> None:
    there = "[torch.ones(1, device='cpu') * (torch.zeros(1).device.type == 'meta')]"
    load(f"import torch\ntorch.set_default_device('meta')\ndef get(): return {there}\n")
    assert made(host).leaves[0].data == b"\0\0\0\0\0\0\xf0\x3f"  # 1.0
    load("import torch\ndef get(): return [torch.zeros(2)]\n")
    assert made(host).leaves[0].device == "cpu"


TRAINABLE = """
import torch
TOP
def get_params(): INSIDE; return {"W": torch.zeros(2, 3), "b": torch.zeros(3)}
def init_state(): return [torch.zeros(1, 3)]
def forward(inputs, state, params):
    H = torch.tanh(inputs[0] @ params["W"] + params["b"] + state[0])
    return H, [H]
"""


@pytest.mark.parametrize(
    ("top", "inside", "tracked"),
    [
        ("pass", "pass", True),
        ("torch.set_grad_enabled(False)", "pass", False),
        ("pass", "torch.set_grad_enabled(False)", False),
        ("torch.no_grad().__enter__()", "pass", False),
        ("torch.set_grad_enabled(False)", "torch.set_grad_enabled(True)", True),
    ],
)
def test_a_gradient_mode_that_is_left_lasts(
    host: Host, top: str, inside: str, tracked: bool
) -> None:
    text = TRAINABLE.replace("TOP", top).replace("INSIDE", inside)
    reply = loaded(host, text).answer(call())
    assert isinstance(reply, Ran)
    assert reply.outputs[0].requires_grad is tracked
