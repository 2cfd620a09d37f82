"""Frames over a socket: whole, in pieces, late, cut off, too long, or of another kind."""

from __future__ import annotations

import os
import pickle
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from pytest_deeprnn.sandbox.protocol.messages import (
    Array,
    Device,
    Given,
    Invocation,
    Load,
    Loaded,
    Make,
    Number,
    Raised,
    Reply,
    Request,
    Widths,
)
from pytest_deeprnn.sandbox.protocol.wire import (
    MAX_FRAME,
    BadFrame,
    Channel,
    Closed,
    Codec,
    TimedOut,
)

LOADED = Loaded(defined=("forward",), failures=(), output="σ = 1\n")
MAKE = Make(
    handle="get_params",
    invocation=Invocation(
        function="f",
        args=(Number(value=3), Widths(value=(1, 2))),
        kwargs={"device": Device(name="cpu"), "x": Given(what="inputs")},
    ),
)


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    yield ours, theirs
    ours.close()
    theirs.close()


Pair = tuple[socket.socket, socket.socket]


def replies(connection: socket.socket) -> Channel[Reply]:
    return Channel(connection, Reply)  # type: ignore[arg-type]  # a union is no type[T] for mypy


def requests(connection: socket.socket) -> Channel[Request]:
    return Channel(connection, Request)  # type: ignore[arg-type]  # as above


def frame(body: bytes) -> bytes:
    return struct.pack("!I", len(body)) + body


def in_background(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def test_messages_come_as_they_were_sent_and_in_order(pair: Pair) -> None:
    raised = Raised(type="E", message="", frames=())
    for message in (LOADED, raised):
        replies(pair[0]).send(message)
    received = replies(pair[1])
    assert [received.receive(1), received.receive(1)] == [LOADED, raised]


def test_arguments_of_every_kind_come_as_they_were_sent(pair: Pair) -> None:
    replies(pair[0]).send(MAKE)
    assert requests(pair[1]).receive(1) == MAKE


def test_a_frame_in_single_bytes_is_put_together(pair: Pair) -> None:
    data = frame(msgspec.msgpack.encode(LOADED))

    def drip() -> None:
        for index in range(len(data)):
            pair[0].send(data[index : index + 1])

    thread = in_background(drip)
    assert replies(pair[1]).receive(5) == LOADED
    thread.join()


def test_a_large_frame_is_put_together(pair: Pair) -> None:
    array = Array(shape=(3_000_000,), dtype="int64", data=bytes(3_000_000))
    thread = in_background(lambda: replies(pair[0]).send(array))
    channel: Channel[Array] = Channel(pair[1], Array)
    assert channel.receive(10) == array
    thread.join()


@pytest.mark.parametrize("start", [b"", b"\0\0", frame(b"x" * 50)[:20]])
def test_what_is_not_whole_in_time_is_timed_out(pair: Pair, start: bytes) -> None:
    pair[0].sendall(start)
    began = time.monotonic()
    with pytest.raises(TimedOut):
        replies(pair[1]).receive(0.1)
    assert 0.09 < time.monotonic() - began < 2


def test_dripping_bytes_does_not_lengthen_the_time(pair: Pair) -> None:
    stop = threading.Event()

    def drip() -> None:
        pair[0].sendall(struct.pack("!I", 1000))
        while not stop.wait(0.03):
            pair[0].send(b"\0")

    thread = in_background(drip)
    began = time.monotonic()
    with pytest.raises(TimedOut):
        replies(pair[1]).receive(0.2)
    assert time.monotonic() - began < 1
    stop.set()
    thread.join()


def test_sending_to_one_who_does_not_read_is_timed_out(pair: Pair) -> None:
    array = Array(shape=(), dtype="", data=bytes(20_000_000))
    with pytest.raises(TimedOut):
        replies(pair[0]).send(array, 0.1)


@pytest.mark.parametrize("start", [b"", b"\0\0", frame(b"x" * 50)[:20]])
def test_a_connection_that_ends_is_closed(pair: Pair, start: bytes) -> None:
    pair[0].sendall(start)
    pair[0].close()
    with pytest.raises(Closed):
        replies(pair[1]).receive(1)


def test_sending_to_one_who_has_gone_is_closed(pair: Pair) -> None:
    pair[1].close()
    with pytest.raises(Closed):
        replies(pair[0]).send(LOADED)


def test_receiving_on_an_end_closed_by_ourselves_is_closed(pair: Pair) -> None:
    channel = replies(pair[0])
    channel.close()
    with pytest.raises(Closed):
        channel.receive(1)


@pytest.mark.parametrize("length", [MAX_FRAME + 1, 2**32 - 1])
def test_a_frame_too_long_is_refused_before_it_is_read(pair: Pair, length: int) -> None:
    pair[0].sendall(struct.pack("!I", length))
    with pytest.raises(BadFrame, match=str(length)):
        replies(pair[1]).receive(1)


class Explosive:
    """Makes a folder when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return os.mkdir, (str(self.path),)


def test_a_pickle_is_garbage_and_is_not_run(pair: Pair, tmp_path: Path) -> None:
    pair[0].sendall(frame(pickle.dumps(Explosive(tmp_path / "boom"))))
    with pytest.raises(BadFrame):
        replies(pair[1]).receive(1)
    assert not (tmp_path / "boom").exists()


WHOLE = msgspec.msgpack.encode(LOADED)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xc1",
        b"garbage",
        WHOLE[:-1],
        WHOLE + b"\0",
        b"\x91" * 100_000,
        b"\x81\xa1a" * 100_000,
        b"\xdd\xff\xff\xff\xff",
        b"\xc9\xff\xff\xff\xff\x05",
        msgspec.msgpack.encode(None),
        msgspec.msgpack.encode({}),
        msgspec.msgpack.encode({"message_type": "Loaded"}),
        msgspec.msgpack.encode({"message_type": "Other", "output": ""}),
        msgspec.msgpack.encode({"message_type": "Loaded", "defined": [1], "failures": []}),
        msgspec.msgpack.encode({"message_type": "Loaded", "defined": "ab", "failures": []}),
        msgspec.msgpack.encode(MAKE),
        WHOLE.replace("σ".encode(), b"\xff\xfe"),
    ],
    ids=range(17),
)
def test_what_is_no_reply_is_a_bad_frame(pair: Pair, body: bytes) -> None:
    thread = in_background(lambda: pair[0].sendall(frame(body)))
    with pytest.raises(BadFrame):
        replies(pair[1]).receive(5)
    thread.join()


def test_a_reply_is_no_request() -> None:
    codec: Codec[Request] = Codec(Request)  # type: ignore[arg-type]  # as above
    assert codec.decode(codec.encode(MAKE)) == MAKE
    with pytest.raises(BadFrame):
        codec.decode(codec.encode(LOADED))


def test_whole_numbers_stay_whole_beside_fractions(pair: Pair) -> None:
    instead: dict[str, int | float] = {"num_layers": 2, "sigma": 0.5}
    sent = Load(
        name="a", units=(), needed=(), constants={}, helpers=(), double=False, instead=instead
    )
    requests(pair[0]).send(sent)
    received = requests(pair[1]).receive(5)
    assert isinstance(received, Load)
    assert [type(one) for one in received.instead.values()] == [int, float]
