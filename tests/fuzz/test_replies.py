"""A few gradings by a worker that lies; tests/fuzz/replies.py makes many."""

from __future__ import annotations

import random

import pytest
from forging import all_changed, changed, made_up, spoilt
from replies import Lies, graded, subjects

from pytest_deeprnn.sandbox.protocol.messages import Array, Leaf, Made, Recorded
from pytest_deeprnn.sandbox.protocol.wire import Codec

#: One seed for each way to lie.
SEEDS = (5006, 5011, 5001, 5009, 5020, 5031)
MADE = Made(
    container="list",
    leaves=(
        Leaf(path="[0]", kind="tensor", shape=(2,), strides=(1,), dtype="float64", data=bytes(16)),
    ),
)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_lying_worker_gets_a_verdict_and_no_error(seed: int) -> None:
    chosen = subjects()
    result = graded(chosen[seed % len(chosen)], seed)
    assert result.lies.told or result.lies.way == "pretended"
    assert result.faults == []


def test_the_seeds_lie_in_several_ways() -> None:
    assert len({Lies(seed).way for seed in SEEDS}) >= 4


def test_what_is_made_up_keeps_to_types_and_bounds() -> None:
    for seed in range(40):
        body = Codec(Recorded).encode(made_up(Recorded, random.Random(seed)))
        assert isinstance(Codec(Recorded).decode(body), Recorded)
        body = Codec(Array).encode(made_up(Array, random.Random(seed)))
        assert isinstance(Codec(Array).decode(body), Array)


def test_forged_replies_differ_from_honest_ones() -> None:
    honest = Codec(Made).encode(MADE)
    for forge in (changed, all_changed):
        bodies = {Codec(Made).encode(forge(MADE, random.Random(seed))) for seed in range(20)}
        assert len(bodies - {honest}) > 5
    assert len({spoilt(honest, random.Random(seed)) for seed in range(20)} - {honest}) > 5
