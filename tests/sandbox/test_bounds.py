"""What an honest worker says keeps to the bounds, however much there is to say."""

from __future__ import annotations

import msgspec
import pytest
import torch
from asking import CALL, TEXT, call, loaded, torch_left_as_it_was, with_line

from pytest_deeprnn.sandbox.host.host import Host, capture
from pytest_deeprnn.sandbox.protocol import limits
from pytest_deeprnn.sandbox.protocol.messages import (
    Made,
    Make,
    Observe,
    Observed,
    Raised,
    Ran,
    Record,
    Recorded,
    Reply,
    Request,
)
from pytest_deeprnn.sandbox.protocol.wire import BadFrame, Codec

CODEC: Codec[Reply] = Codec(Reply)  # type: ignore[arg-type]  # a union is no type[T] for mypy
GET = msgspec.structs.replace(CALL, function="get_params", kwargs={})
INIT = msgspec.structs.replace(CALL, function="init_state", kwargs={})
MAKE = Make(handle="other", invocation=GET)


def answer(text: str, request: Request) -> Reply:
    """What comes over the wire."""
    with torch_left_as_it_was(), pytest.MonkeyPatch.context() as patch:
        host = Host()
        patch.setattr("sys.stdout", None)
        patch.setattr("sys.stderr", None)
        capture(host)
        return CODEC.decode(CODEC.encode(loaded(host, text).answer(request)))


def making(expression: str) -> str:
    """A text whose get_params returns something else when it is called again."""
    return TEXT.replace("CHANGE", "pass") + f"\nget_params = lambda: {expression}\n"


def test_very_long_names_are_cut() -> None:
    key = "'\\N{SNOWMAN}' * 5000"
    reply = answer(making(f"{{{key}: torch.zeros(1), 'x': type({key}, (int,), {{}})()}}"), MAKE)
    assert isinstance(reply, Made)
    assert len(reply.leaves[0].path) == limits.MAX_NAME
    assert len(reply.leaves[1].kind) <= limits.MAX_NAME


def test_a_very_long_message_is_cut() -> None:
    reply = answer(with_line("raise type('E' * 5000, (Exception,), {})('\\ud800' * 5000)"), call())
    assert isinstance(reply, Raised)
    assert (len(reply.type), len(reply.message)) == (limits.MAX_NAME, limits.MAX_MESSAGE)


def test_long_output_is_cut_where_it_grows_by_escapes() -> None:
    reply = answer(with_line("print('\\ud800' * 3999)"), call())
    assert isinstance(reply, Ran)
    assert len(reply.output) == limits.MAX_OUTPUT


def test_deep_recursion_keeps_the_outermost_and_the_innermost_lines() -> None:
    deep = "def deep(n, H): return deep(n - 1, H) if n else H + 1\n"
    text = deep + with_line("deep(200, H)")
    reply = answer(text, Record(get_params=GET, init_state=INIT, call=call()))
    assert isinstance(reply, Recorded)
    frames = max((step.frames for step in reply.steps), key=len)
    assert len(frames) == limits.MAX_FRAMES
    assert (frames[0].function, frames[-1].function) == ("forward", "deep")


def test_many_operations_with_many_operands_are_recorded_in_part() -> None:
    text = with_line("[torch.cat([H] * 600), *(H.neg() for _ in range(3500))]")
    reply = answer(text, Record(get_params=GET, init_state=INIT, call=call()))
    assert isinstance(reply, Recorded)
    assert len(reply.steps) == limits.MAX_STEPS
    assert max(len(step.reads) for step in reply.steps) == limits.MAX_READS


def test_what_changes_is_listed_up_to_a_bound() -> None:
    text = with_line("params.update({k * 400: torch.zeros(1) for k in map(chr, range(97, 400))})")
    reply = answer(text, Observe(call=call()))
    assert isinstance(reply, Observed)
    assert len(reply.kept) == limits.MAX_LISTED


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ("torch.zeros(1).expand(10**9)", "1000000000 numbers"),
        ("torch.zeros([1] * 17)", "a tensor of shape"),
        ("[torch.zeros(0, dtype=torch.int64).reshape(0, 2**20, 2**20)]", "a tensor of shape"),
        ("[0] * 20_001", "more than 20000 leaves"),
    ],
)
def test_what_is_too_large_is_said_to_be(expression: str, told: str) -> None:
    reply = answer(making(expression), MAKE)
    assert isinstance(reply, Raised)
    assert (reply.stage, told in reply.message) == ("returned", True)


def test_a_reply_beyond_a_bound_is_no_reply() -> None:
    raised = Raised(type="E", message="m" * (limits.MAX_MESSAGE + 1), frames=())
    with pytest.raises(BadFrame, match="message"):
        CODEC.decode(CODEC.encode(raised))
    assert torch.get_default_dtype() == torch.float32
