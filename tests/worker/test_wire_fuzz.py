"""Whatever bytes a worker sends, the trusted side gets a reply or a BadFrame."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_deeprnn.worker.messages import (
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
from pytest_deeprnn.worker.wire import BadFrame, Codec

CODEC: Codec[Reply] = Codec(Reply)  # type: ignore[arg-type]  # a union is no type[T] for mypy
FRAME = Frame(filename="student.py", line=3, function="forward")
LEAF = Leaf(path="[0]", kind="tensor", shape=(1,), dtype="float64", data=bytes(8))
RAN = Ran(
    values=2,
    outputs_container="Tensor",
    outputs=(LEAF,),
    state_container="tuple",
    state=(LEAF, LEAF),
    gradients=(None, Array(shape=(1,), dtype="float64", data=bytes(8))),
    gradient_error=Raised(type="E", message="m", frames=(FRAME,)),
    seconds=0.1,
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
    Made(container="list", leaves=(LEAF,), seconds=0.5, output="hello"),
    RAN,
    Differentiated(ran=RAN, rows=1, columns=1, data=bytes(8), slope=bytes(8), seconds=0.0),
    Raised(type="E", message="m", frames=(FRAME,), stage="backward", output="o"),
]
QUICK = settings(max_examples=300, deadline=None, database=None, derandomize=True)


def is_handled(body: bytes) -> bool:
    """Whether decoding gives a reply or a BadFrame; any other exception is passed on."""
    try:
        return isinstance(CODEC.decode(body), Loaded | Made | Ran | Differentiated | Raised)
    except BadFrame:
        return True


@pytest.mark.parametrize("reply", SAMPLES, ids=lambda reply: type(reply).__name__)
def test_samples_survive_the_wire(reply: Reply) -> None:
    assert CODEC.decode(CODEC.encode(reply)) == reply


@QUICK
@given(st.binary(max_size=200))
def test_any_bytes_are_handled(body: bytes) -> None:
    assert is_handled(body)


@QUICK
@given(st.data())
def test_damaged_replies_are_handled(data: st.DataObject) -> None:
    body = bytearray(CODEC.encode(data.draw(st.sampled_from(SAMPLES))))
    places = st.integers(0, len(body) - 1)
    for place, value in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), max_size=4)):
        body[place] = value
    start, end = sorted((data.draw(places), data.draw(places)))
    inserted = data.draw(st.binary(max_size=8))
    assert is_handled(bytes(body))
    assert is_handled(bytes(body[:start] + inserted + body[end:]))
