"""Whatever bytes a worker sends, the trusted side gets a reply or a documented exception."""

from __future__ import annotations

import contextlib
import socket
import struct
from typing import Any

import msgspec
from fuzzing import Property
from hypothesis import strategies as st

from pytest_deeprnn.sandbox.protocol.messages import (
    Array,
    Differentiated,
    Failure,
    Frame,
    Leaf,
    Loaded,
    Made,
    Raised,
    Ran,
    Reply,
)
from pytest_deeprnn.sandbox.protocol.wire import BadFrame, Channel, Closed, Codec, TimedOut

CODEC: Codec[Reply] = Codec(Reply)  # type: ignore[arg-type]  # a union is no type[T] for mypy
FRAME = Frame(filename="student.py", line=3, function="forward")
LEAF = Leaf(path="[0]", kind="tensor", shape=(1,), strides=(1,), dtype="float64", data=bytes(8))
RAN = Ran(
    values=2,
    outputs_container="Tensor",
    outputs=(LEAF,),
    state_container="tuple",
    state=(LEAF, LEAF),
    gradients=(None, Array(shape=(1,), dtype="float64", data=bytes(8))),
    gradient_error=Raised(type="E", message="m", frames=(FRAME,)),
)
SAMPLES = [
    Loaded(
        defined=("forward",),
        failures=(
            Failure(
                filename="student.py",
                line=1,
                names=("a",),
                type="E",
                message="m",
                frames=(FRAME,),
            ),
        ),
    ),
    Made(container="list", leaves=(LEAF,), output="hello"),
    RAN,
    Differentiated(ran=RAN, rows=1, columns=1, data=bytes(8), slope=bytes(8)),
    Raised(type="E", message="m", frames=(FRAME,), stage="backward", output="o"),
]
_BODIES = [CODEC.encode(sample) for sample in SAMPLES]
#: Strings, bytes, arrays, maps and extensions that say to be very long.
_HUGE = [bytes([tag]) + b"\xff" * 4 for tag in (0xC6, 0xC9, 0xDB, 0xDD, 0xDF)]


def is_decoded_or_refused(body: bytes) -> None:
    """A reply is of the agreed types and is encoded to the same message again."""
    try:
        reply = CODEC.decode(body)
    except BadFrame:
        return
    assert isinstance(reply, Reply)
    again = CODEC.encode(reply)
    assert CODEC.encode(CODEC.decode(again)) == again  # bytes, since NaN is not equal to itself


def is_received_or_refused(stream: bytes) -> None:
    """Messages come until the stream ends or is refused, and no more than it can hold."""
    ours, theirs = socket.socketpair()
    channel: Channel[Reply] = Channel(ours, Reply)  # type: ignore[arg-type]  # as above
    with ours, theirs:
        theirs.sendall(stream)
        theirs.close()
        received = []
        with contextlib.suppress(BadFrame, Closed, TimedOut):
            while True:
                received.append(channel.receive(2.0))
    sent = sum(4 + len(CODEC.encode(reply)) for reply in received)
    assert all(isinstance(reply, Reply) for reply in received)
    assert not received or sent > 0
    assert len(received) <= len(stream) // 4


@st.composite
def _damaged(draw: st.DrawFn) -> bytes:
    body = bytearray(draw(st.sampled_from(_BODIES)))
    places = st.integers(0, len(body) - 1)
    for place, value in draw(st.lists(st.tuples(places, st.integers(0, 255)), max_size=4)):
        body[place] = value
    start, end = sorted((draw(places), draw(places)))
    inserted = draw(st.binary(max_size=8) | st.sampled_from(_HUGE) | _deep())
    return bytes(body[:start] + inserted + body[end:])


def _deep() -> st.SearchStrategy[bytes]:
    opening = st.sampled_from([b"\x91", b"\x81\xa1a", b"\xdc\x00\x01", b"\x81\xa4type", b"\x81"])
    return st.builds(
        lambda one, times, end: one * times + end,
        opening,
        st.sampled_from([1, 50, 500, 5000, 200_000]),
        st.binary(max_size=4),
    )


def _other_messages() -> st.SearchStrategy[bytes]:
    """Well-formed msgpack with the names of the agreed types, and values of any."""
    tags = st.sampled_from(["Loaded", "Made", "Ran", "Differentiated", "Raised", "Leaf", "x"])
    plain: st.SearchStrategy[object] = (
        st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats()
    )
    plain = plain | st.text(max_size=5) | st.binary(max_size=5) | tags
    names = {name for body in _BODIES for name in _names(msgspec.msgpack.decode(body))}
    keys = st.sampled_from(sorted(names | {"type"}))
    values = st.recursive(
        plain, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=6)
    )
    return values.map(msgspec.msgpack.encode)


def _names(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(_names, value.values()))
    return set().union(*map(_names, value)) if isinstance(value, list) else set()


def _streams(bodies: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    framed = bodies.map(lambda body: struct.pack("!I", len(body)) + body)
    lying = st.builds(
        lambda size, body: struct.pack("!I", size) + body, st.integers(0, 2**32 - 1), bodies
    )
    short = bodies.map(lambda body: body[:20_000])
    parts = st.lists(framed.filter(lambda part: len(part) < 20_000) | lying | short, max_size=4)
    return parts.map(lambda some: b"".join(some)[:60_000])  # as much as a socket takes unread


BODIES = st.binary(max_size=300) | _damaged() | _other_messages() | _deep()
WIRE = [
    Property("any body", BODIES, is_decoded_or_refused),
    Property("any stream", _streams(_damaged() | _other_messages()), is_received_or_refused),
]
