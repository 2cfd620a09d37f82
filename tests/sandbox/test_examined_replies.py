"""Replies that no honest worker gives are found out, whatever each field says by itself."""

from __future__ import annotations

import contextlib
from typing import Any

import msgspec
import pytest
import torch
from asking import CALL, FILE, TEXT, B, H, W, X, call, loaded, torch_left_as_it_was

from pytest_deeprnn.measurement.calls.replies import Examiner, weight
from pytest_deeprnn.sandbox.host.host import Host
from pytest_deeprnn.sandbox.protocol.messages import (
    Failure,
    Frame,
    Helper,
    Jacobian,
    Load,
    Loaded,
    Make,
    Raised,
    Record,
    Reply,
    Request,
    Unit,
)
from pytest_deeprnn.sandbox.tensors import pack
from pytest_deeprnn.sandbox.worker import InvalidReply

LOAD = Load(
    name="submission",
    units=(Unit(filename=FILE, text=TEXT, run=()),),
    needed=("forward",),
    constants={},
    helpers=(),
    double=False,
)
EXAMINER = Examiner(LOAD)
GET = msgspec.structs.replace(CALL, function="get_params", kwargs={})
INIT = msgspec.structs.replace(CALL, function="init_state", kwargs={})
GRADIENTS = msgspec.structs.replace(call(), cotangent=pack(torch.ones(3, dtype=torch.float64)))
REQUESTS: dict[str, Request] = {
    "Load": LOAD,
    "Make": Make(handle="get_params", invocation=GET),
    "Forward": call(),
    "gradients": GRADIENTS,
    "Jacobian": Jacobian(call=call(), numeric=False),
    "Record": Record(get_params=GET, init_state=INIT, call=call()),
}


@pytest.fixture(scope="module")
def honest() -> dict[str, Reply]:
    """What an honest worker answers."""
    with torch_left_as_it_was():
        host = loaded(Host(), TEXT.replace("CHANGE", "pass"))
        replies = {name: host.answer(one) for name, one in REQUESTS.items() if name != "Load"}
        return {**replies, "Load": Loaded(defined=("forward",), failures=())}


@pytest.mark.parametrize("name", REQUESTS)
def test_honest_answers_pass(honest: dict[str, Reply], name: str) -> None:
    assert not isinstance(honest[name], Raised)
    EXAMINER.examine(REQUESTS[name], honest[name])


def forged(reply: Reply, path: str, value: object) -> Reply:
    """The reply with another value in a field of a field."""

    def put(data: Any, keys: list[str]) -> Any:
        if not keys:
            return value
        if keys[0].isdigit():
            changed = list(data)
            changed[int(keys[0])] = put(changed[int(keys[0])], keys[1:])
            return tuple(changed)
        inner = put(getattr(data, keys[0]), keys[1:])
        return msgspec.structs.replace(data, **{keys[0]: inner})

    made: Reply = put(reply, path.split("."))
    return made


@pytest.mark.parametrize(
    ("name", "path", "value"),
    [
        ("Load", "defined", ("forward", "other")),
        (
            "Load",
            "failures",
            (Failure(filename="x.py", line=1, names=(), type="E", message="", frames=()),),
        ),
        ("Make", "leaves.0.shape", (7,)),
        ("Make", "leaves.0.data", bytes(7)),
        ("Make", "leaves.0.kind", "int"),
        ("Make", "leaves.0.shape", (2**31, 2**31, 0)),
        ("Forward", "gradients", (None, None)),
        ("Forward", "outputs.0.data", b""),
        ("Forward", "state.0.shape", (3, 3)),
        ("Forward", "gradient_error", Raised(type="E", message="", frames=())),
        ("gradients", "gradients", (None,)),
        ("gradients", "gradients", None),
        ("gradients", "gradients.0", pack(B)),
        ("gradients", "gradients.1", pack(B.long())),
        ("gradients", "gradients.0.data", bytes(8)),
        ("Jacobian", "rows", 5),
        ("Jacobian", "columns", 11),
        ("Jacobian", "data", bytes(8)),
        ("Jacobian", "slope", bytes(8)),
        ("Jacobian", "ran.state", ()),
        ("Record", "names", ()),
        ("Record", "outputs", (10_000,)),
        ("Record", "steps.0.frames", ()),
        ("Record", "steps.0.reads.0.step", 0),
        ("Record", "steps.0.reads.0.elements", (12,)),
        ("Record", "steps.0.frames.0", Frame(filename="x.py", line=1, function="f")),
        ("Record", "steps.0.frames.0.line", 1000),
    ],
)
def test_an_answer_that_cannot_be_is_garbled(
    honest: dict[str, Reply], name: str, path: str, value: object
) -> None:
    with pytest.raises(InvalidReply):
        EXAMINER.examine(REQUESTS[name], forged(honest[name], path, value))


def test_an_exception_in_another_file_is_garbled() -> None:
    raised = Raised(
        type="E", message="", frames=(Frame(filename="other.py", line=1, function="f"),)
    )
    with pytest.raises(InvalidReply, match="another file"):
        EXAMINER.examine(LOAD, raised)


@pytest.mark.parametrize(("line", "is_there"), [(2, True), (3, False)])
def test_a_line_of_a_module_beside_the_file_is_one_that_it_has(line: int, is_there: bool) -> None:
    beside = Helper(name="net", filename="net.py", text="a = 1\nb = 2\n", is_package=False)
    examiner = Examiner(msgspec.structs.replace(LOAD, helpers=(beside,)))
    frame = Frame(filename="net.py", line=line, function="f")
    raised = Raised(type="E", message="", frames=(frame,))
    with contextlib.nullcontext() if is_there else pytest.raises(InvalidReply):
        examiner.examine(LOAD, raised)
        assert is_there


def test_leaves_and_numbers_are_weighed(honest: dict[str, Reply]) -> None:
    assert weight(honest["Make"]) == 2 * 1000 + 8 * (W.numel() + B.numel())
    assert weight(honest["Forward"]) == 2 * 1000 + 8 * 2 * H.numel()
    assert weight(honest["Jacobian"]) > 8 * 6 * 12 > X.numel()
