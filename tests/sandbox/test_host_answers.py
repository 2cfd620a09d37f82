"""What the worker's host answers, against numbers worked out by hand."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from pytest_deeprnn.sandbox.host.host import Host, capture
from pytest_deeprnn.sandbox.protocol.messages import (
    Array,
    Differentiated,
    Forward,
    Given,
    Invocation,
    Jacobian,
    Load,
    Loaded,
    Made,
    Make,
    Number,
    Raised,
    Ran,
    Reply,
)
from pytest_deeprnn.sandbox.protocol.wire import Codec
from pytest_deeprnn.sandbox.tensors import pack, unpack

LoadText = Callable[..., Loaded]

THREE = """
import torch
def get_params(n): return {"W": torch.zeros(n, n), "b": torch.zeros(n), "name": "x"}
def init_state(n): return (torch.zeros(1, n),)
def forward(inputs, state, params):
    new = inputs[0] @ params["W"] + 2 * state[0]
    return new * 3, (new,)
"""
W = torch.tensor([[1.0, 2.0], [3.0, 4.0]], dtype=torch.float64)
B = torch.tensor([5.0, 6.0], dtype=torch.float64)
X = torch.tensor([[[1.0, 0.0]]], dtype=torch.float64)
H = torch.tensor([[0.5, -0.5]], dtype=torch.float64)
NEW = [[2.0, 1.0]]  # (1, 2) from the first row of W, and 2 · H


def make(name: str, n: int = 2) -> Make:
    invocation = Invocation(function=name, args=(), kwargs={"n": Number(value=n)})
    return Make(handle=name, invocation=invocation)


def forward(
    state: str = "init_state",
    values: tuple[Array, ...] | None = (pack(H),),
    cotangent: Tensor | None = None,
    keep: str | None = None,
) -> Forward:
    return Forward(
        invocation=Invocation(
            function="forward",
            args=(Given(what="inputs"),),
            kwargs={"state": Given(what="state"), "params": Given(what="params")},
        ),
        inputs=pack(X),
        params="get_params",
        params_values=(pack(W), pack(B)),
        state=state,
        state_values=values,
        cotangent=None if cotangent is None else pack(cotangent),
        keep=keep,
    )


@pytest.fixture
def ready(host: Host, load: LoadText) -> Callable[[str], Host]:
    """A host with a text loaded and both containers made."""

    def made(text: str) -> Host:
        load(text)
        assert isinstance(host.answer(make("get_params")), Made)
        assert isinstance(host.answer(make("init_state")), Made)
        return host

    return made


def ran(reply: Reply) -> Ran:
    assert isinstance(reply, Ran)
    return reply


def numbers(data: bytes | None, *shape: int) -> list[list[float]]:
    assert data is not None
    values: list[list[float]] = unpack(Array(shape=shape, dtype="float64", data=data)).tolist()
    return values


def test_a_failing_statement_is_told_and_the_others_run(load: LoadText) -> None:
    loaded = load("import nowhere\nf = 1 / 0\ndef g(): pass\nh = 3\n", ("f", "g", "h"))
    assert loaded.defined == ("g",)
    told = [(failure.line, failure.names, failure.type) for failure in loaded.failures]
    assert told == [(1, ("nowhere",), "ModuleNotFoundError"), (2, ("f",), "ZeroDivisionError")]


def test_constants_are_set_to_what_is_asked(host: Host, load: LoadText) -> None:
    load("n = 5\ntwice = 2 * n\ndef get(n=n): return [__import__('torch').zeros(twice)]", n=3)
    made = host.answer(make("get"))
    assert isinstance(made, Made)
    assert made.leaves[0].shape == (6,)


def test_text_class_and_annotations_are_as_in_a_file(load: LoadText) -> None:
    loaded = load(
        "from __future__ import annotations\n"
        "import dataclasses, inspect\n"
        "@dataclasses.dataclass\nclass A:\n    x: Unknown = 1\n"
        "def f(): pass\n"
        "g = f if inspect.getsource(f) == 'def f(): pass\\n' else None\n",
        ("A", "f", "g"),
    )
    assert (loaded.defined, loaded.failures) == (("A", "f", "g"), ())


def test_a_file_without_pieces_loads(host: Host) -> None:
    empty = Load(name="submission", units=(), needed=(), constants={}, helpers=(), double=False)
    assert host.answer(empty) == Loaded(defined=(), failures=())


def test_leaves_are_described(host: Host, load: LoadText) -> None:
    load(
        "import torch\ndef get(n):\n    W = torch.ones(n, 3)\n"
        "    return [W, W, W[0], torch.zeros(n).requires_grad_(), None, torch.tensor(1)]\n"
    )
    made = host.answer(make("get"))
    assert isinstance(made, Made)
    first, again, view, leaf, none, integer = made.leaves
    assert (made.container, first.path, first.shape, first.dtype) == (
        "list",
        "[0]",
        (2, 3),
        "float64",
    )
    assert numbers(first.data, 2, 3) == [[1.0] * 3] * 2
    assert (again.tensor, again.address) == (first.tensor, first.address)
    assert view.tensor != first.tensor
    assert (view.address, view.strides) == (first.address, (1,))
    assert leaf.address != first.address
    assert (leaf.requires_grad, first.requires_grad) == (True, False)
    assert (none.kind, integer.dtype, integer.data) == ("NoneType", "int64", None)


def test_forward_computes_with_the_given_numbers(ready: Callable[[str], Host]) -> None:
    answer = ran(ready(THREE).answer(forward()))
    assert (answer.values, answer.state_container) == (2, "tuple")
    assert numbers(answer.state[0].data, 1, 2) == NEW
    assert numbers(answer.outputs[0].data, 1, 2) == [[6.0, 3.0]]
    assert answer.gradients is None


def test_a_kept_state_goes_into_the_next_call(ready: Callable[[str], Host]) -> None:
    host = ready(THREE)
    ran(host.answer(forward(keep="first")))
    answer = ran(host.answer(forward("first", None)))
    assert numbers(answer.state[0].data, 1, 2) == [[1 + 4.0, 2 + 2.0]]


def test_gradients_of_the_weighted_outputs(ready: Callable[[str], Host]) -> None:
    answer = ran(ready(THREE).answer(forward(cotangent=torch.tensor([10.0, 1.0]).double())))
    assert answer.gradients is not None
    with_path, without = answer.gradients
    assert with_path is not None
    assert unpack(with_path).tolist() == [[30.0, 3.0], [0.0, 0.0]]
    assert without is None


def test_a_failing_backward_is_told_beside_the_values(ready: Callable[[str], Host]) -> None:
    text = THREE.replace(
        "    return new * 3", "    new = new.exp()\n    y = new * 1\n    new += 1\n    return y"
    )
    answer = ran(ready(text).answer(forward(cotangent=torch.ones(2).double())))
    assert answer.gradient_error is not None
    assert (answer.gradient_error.stage, answer.gradients) == ("backward", None)
    assert "inplace" in answer.gradient_error.message
    assert len(answer.outputs) == 1


@pytest.mark.parametrize("numeric", [False, True])
def test_jacobian_is_that_of_the_formula(ready: Callable[[str], Host], numeric: bool) -> None:
    reply = ready(THREE).answer(Jacobian(call=forward(), numeric=numeric))
    assert isinstance(reply, Differentiated)
    # columns W00 W01 W10 W11 b0 b1 h0 h1; rows two outputs, then two new states
    new = [[1, 0, 0, 0, 0, 0, 2, 0], [0, 1, 0, 0, 0, 0, 0, 2]]
    expected = torch.tensor([[3 * x for x in row] for row in new] + new, dtype=torch.float64)
    matrix = unpack(Array(shape=(reply.rows, reply.columns), dtype="float64", data=reply.data))
    assert torch.allclose(matrix, expected, rtol=0, atol=1e-8)
    slope = unpack(Array(shape=(4,), dtype="float64", data=reply.slope))
    direction = torch.cos(torch.arange(1, 9, dtype=torch.float64))
    assert torch.allclose(slope, expected @ direction, rtol=0, atol=1e-8)


def test_a_cut_graph_shows_in_the_slope(ready: Callable[[str], Host]) -> None:
    text = THREE.replace(
        "return new * 3, (new,)", "new = torch.tensor(new.tolist())\n    return new * 3, (new,)"
    )
    reply = ready(text).answer(Jacobian(call=forward(), numeric=False))
    assert isinstance(reply, Differentiated)
    matrix = unpack(Array(shape=(4, 8), dtype="float64", data=reply.data))
    slope = unpack(Array(shape=(4,), dtype="float64", data=reply.slope))
    assert not matrix.any()
    assert slope.abs().min() > 0.1


@pytest.mark.parametrize(
    "change",
    [
        "params['W'].data.mul_(9)",
        "params['b'] = None",
        "state[0].data.mul_(9)",
        "inputs.mul_(9)",
    ],
)
def test_what_a_call_changes_is_not_seen_by_the_next(
    ready: Callable[[str], Host], change: str
) -> None:
    host = ready(THREE.replace("    return new * 3", f"    {change}\n    return new * 3"))
    answers = [ran(host.answer(forward())) for _ in range(2)]
    assert [numbers(answer.state[0].data, 1, 2) for answer in answers] == [NEW, NEW]


def test_printing_is_captured_and_cut(
    host: Host, load: LoadText, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", sys.stdout)
    monkeypatch.setattr(sys, "stderr", sys.stderr)
    capture(host)
    loaded = load(
        "import sys\nprint('loading')\nsys.stderr.write('!')\n"
        "def get(n):\n    print('x' * 100_000)\n    return []\n"
        "def bad(n):\n    print('before')\n    raise ValueError\n"
    )
    assert loaded.output == "loading\n!"
    made, again, bad = (host.answer(make(name)) for name in ("get", "get", "bad"))
    assert made.output == again.output == "x" * 4000
    assert isinstance(bad, Raised)
    assert bad.output == "before\n"


def test_any_text_that_is_printed_can_be_sent(host: Host) -> None:
    host.captured.write("\udcff")
    body = Codec(Made).encode(Made(container="", leaves=(), output=host.captured.take()))
    assert Codec(Made).decode(body).output
