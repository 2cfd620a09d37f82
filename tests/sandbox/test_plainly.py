"""What torch would compile runs as it stands; operators of control flow are Python."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch

from pytest_deeprnn.sandbox.host import control_flow
from pytest_deeprnn.sandbox.host.host import Host
from pytest_deeprnn.sandbox.protocol.messages import Invocation, Loaded, Made, Make, Raised

LoadText = Callable[..., Loaded]
X = torch.arange(12, dtype=torch.float64).reshape(3, 4) / 7


def test_scan_is_a_running_sum_and_the_last_one() -> None:
    last, sums = control_flow.scan(lambda h, x: (h + x, (h + x).clone()), torch.zeros(4), X)
    torch.testing.assert_close(sums, X.cumsum(0))
    torch.testing.assert_close(last, X.sum(0))


@pytest.mark.parametrize("dim", [1, -1])
def test_scan_runs_along_any_axis_either_way(dim: int) -> None:
    def step(h: torch.Tensor, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        return h + x, h + x

    first, sums = control_flow.scan(step, torch.zeros(3), X, dim=dim, reverse=True)
    torch.testing.assert_close(sums, X.flip(1).cumsum(1).flip(1))
    torch.testing.assert_close(first, X.sum(1))


def test_scan_carries_trees() -> None:
    (h, c), out = control_flow.scan(
        lambda s, x: ((s[0] + x["a"], s[1] * x["b"]), {"y": s[0]}),
        (torch.zeros(4), torch.ones(4)),
        {"a": X, "b": X},
    )
    torch.testing.assert_close(h, X.sum(0))
    torch.testing.assert_close(c, X.prod(0))
    torch.testing.assert_close(out["y"][2], X[:2].sum(0))


def test_associative_scan_and_map() -> None:
    products = control_flow.associative_scan(torch.mul, X, dim=1, reverse=True)
    torch.testing.assert_close(products, X.flip(1).cumprod(1).flip(1))
    torch.testing.assert_close(control_flow.map(lambda x, k: k * x.sum(), X, 3), 3 * X.sum(1))


@pytest.mark.parametrize("truth", [True, torch.tensor(True)])
def test_cond_calls_one_branch(truth: object) -> None:
    def never() -> None:
        raise AssertionError("the other branch was called")

    assert control_flow.cond(truth, lambda: 1, never) == 1


def doubled(host: Host, load: LoadText, text: str) -> tuple[list[bytes | None], set[str]]:
    """The numbers that f makes of ones, and what is said to have been replaced."""
    told = load(f"import torch\n{text}\ndef get(): return [f(torch.ones(2))]\n", needed=("get",))
    reply = host.answer(Make(handle="h", invocation=Invocation(function="get", args=(), kwargs={})))
    assert isinstance(reply, Made), reply
    return [leaf.data for leaf in reply.leaves], {*told.plainly, *reply.plainly}


@pytest.mark.parametrize(
    "text",
    [
        "@torch.compile\ndef f(x): return 2 * x",
        "@torch.compile(backend='aot_eager', mode=None, fullgraph=True, dynamic=False)\n"
        "def f(x): return 2 * x",
        "f = torch.compile(lambda x: 2 * x, backend='inductor', options={'a': 1})",
        "from torch import compile as fast\nf = fast(lambda x: x + x)",
        "from functools import partial\n@partial(torch.compile, mode='max-autotune')\n"
        "def f(x): return 2 * x",
        "def f(x): return torch.compile(torch.add)(x, x)",
        "import torch.compiler\nf = torch.compiler.compile(lambda x: 2 * x)",
    ],
)
def test_each_form_of_compile_is_the_function_itself(host: Host, load: LoadText, text: str) -> None:
    own = torch.compile
    assert doubled(host, load, text) == ([b"\0\0\0\0\0\0\0\x40" * 2], {"torch.compile"})
    assert torch.compile is own


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "class Net(torch.nn.Module):\n    def forward(self, x): return 2 * x\n"
            "def f(x): return torch.export.export(Net(), (x,)).module()(x)",
            "torch.export.export",
        ),
        (
            "from torch.fx.experimental.proxy_tensor import make_fx\n"
            "def f(x): return make_fx(lambda y: 2 * y)(x)(x)",
            "make_fx",
        ),
        (
            "from torch._higher_order_ops.scan import scan\n"
            "def f(x): return scan(lambda h, y: (h, y + h), x[0], x)[1]",
            "scan",
        ),
        (
            "from functorch.experimental.control_flow import cond\n"
            "def f(x): return cond(x.sum() > 0, lambda y: 2 * y, lambda y: y, (x,))",
            "cond",
        ),
    ],
)
def test_what_is_traced_runs_plainly(host: Host, load: LoadText, text: str, name: str) -> None:
    assert doubled(host, load, text) == ([b"\0\0\0\0\0\0\0\x40" * 2], {name})


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("torch.while_loop(lambda i: i < 2, lambda i: (i + 1,), (x[0],))", "torch.while_loop"),
        (
            "__import__('torch._higher_order_ops.while_loop', fromlist=['while_loop'])"
            ".while_loop(lambda i: i < 2, lambda i: (i + 1,), (x[0],))",
            "torch.while_loop",
        ),
        ("torch.export.export(torch.nn.Identity(), (x,)).graph", "torch.export.export(...).graph"),
    ],
)
def test_what_cannot_run_is_refused_by_its_name(
    host: Host, load: LoadText, text: str, named: str
) -> None:
    load(f"import torch\ndef get():\n    x = torch.zeros(1)\n    return {text}\n")
    reply = host.answer(Make(handle="h", invocation=Invocation(function="get", args=(), kwargs={})))
    assert isinstance(reply, Raised)
    assert (reply.type, reply.message.split(", ")[0]) == ("NotGraded", named)
    assert [frame.line for frame in reply.frames] == [4]
