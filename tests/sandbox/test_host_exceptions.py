"""Whatever the student's code raises becomes plain data, with the student's lines only."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pytest_deeprnn.sandbox.host.host import Host
from pytest_deeprnn.sandbox.protocol.messages import Invocation, Loaded, Make, Raised

LoadText = Callable[..., Loaded]
MAKE = Make(handle="get", invocation=Invocation(function="get", args=(), kwargs={}))

HEAD = """
import torch, sys
class Own(BaseException): pass
class Silent(Exception):
    def __str__(self): raise SystemExit
class Odd:
    __slots__, __len__ = (), len
    def __iter__(self): raise KeyboardInterrupt
def inner(): raise Own('deep')
"""


@pytest.fixture
def raised(host: Host, load: LoadText) -> Callable[[str], Raised]:
    """What a body of get() raises."""

    def of(body: str) -> Raised:
        assert not load(f"{HEAD}def get():\n    {body}\n").failures
        reply = host.answer(MAKE)
        assert isinstance(reply, Raised)
        return reply

    return of


@pytest.mark.parametrize(
    ("body", "kind", "message"),
    [
        ("raise ValueError('no')", "ValueError", "no"),
        ("sys.exit(0)", "SystemExit", "0"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt", ""),
        ("raise GeneratorExit", "GeneratorExit", ""),
        ("raise Own('mine')", "Own", "mine"),
        ("raise Silent", "Silent", "(no message)"),
        ("raise StopIteration", "StopIteration", ""),
        ("raise ValueError('x' * 10_000)", "ValueError", "x" * 600),
        ("return unknown", "NameError", "name 'unknown' is not defined"),
    ],
)
def test_an_exception_becomes_its_type_and_message(
    raised: Callable[[str], Raised], body: str, kind: str, message: str
) -> None:
    reply = raised(body)
    assert (reply.type, reply.message, reply.stage) == (kind, message, "call")
    assert [(frame.filename, frame.line, frame.function) for frame in reply.frames] == [
        ("student.py", 11, "get")
    ]


def test_lines_of_libraries_are_left_out(raised: Callable[[str], Raised]) -> None:
    body = "return torch.nn.functional.one_hot(torch.zeros(2), 3).sum() + inner()"
    assert [frame.line for frame in raised(body).frames] == [11]
    assert [frame.line for frame in raised("torch.nn.Linear(2, 3)(1)").frames] == [11]
    assert [(f.line, f.function) for f in raised("inner()").frames] == [(11, "get"), (9, "inner")]


def test_a_long_traceback_is_cut_to_its_end(raised: Callable[[str], Raised]) -> None:
    reply = raised("get()")
    assert (reply.type, len(reply.frames)) == ("RecursionError", 20)


def test_a_call_with_wrong_arguments_has_no_lines(host: Host, load: LoadText) -> None:
    load("def get(a, b): pass")
    reply = host.answer(MAKE)
    assert isinstance(reply, Raised)
    assert (reply.type, reply.frames, reply.stage) == ("TypeError", (), "call")


@pytest.mark.parametrize(
    ("statement", "kind"),
    [("raise SystemExit", "SystemExit"), ("raise Silent", "Silent"), ("inner()", "Own")],
)
def test_an_exception_at_module_level_is_a_failure(
    load: LoadText, statement: str, kind: str
) -> None:
    (failure,) = load(f"{HEAD}{statement}\nlater = 1\n").failures
    assert (failure.type, failure.line, failure.filename) == (kind, 10, "student.py")


@pytest.mark.parametrize("value", ["Odd()", "(lambda x: x.append(x) or x)([])"])
def test_what_cannot_be_listed_is_told_as_returned(
    raised: Callable[[str], Raised], value: str
) -> None:
    assert raised(f"return {value}").stage == "returned"


@pytest.mark.parametrize(
    "tensor", ["torch.eye(2).to_sparse()", "torch.empty(2, device='meta')"], ids=["sparse", "meta"]
)
def test_a_tensor_without_plain_numbers_is_told_as_returned(
    raised: Callable[[str], Raised], tensor: str
) -> None:
    assert raised(f"return [{tensor}]").stage == "returned"


def test_a_function_that_is_not_there_is_told(host: Host, load: LoadText) -> None:
    load("@nowhere\ndef get(): pass")
    assert isinstance(host.answer(MAKE), Raised)


def test_the_exception_itself_is_kept_for_a_debugger(
    host: Host, raised: Callable[[str], Raised]
) -> None:
    assert host.error is None
    raised("raise LookupError('mine')")
    assert repr(host.error) == "LookupError('mine')"
