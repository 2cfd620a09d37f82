"""A short run of each property; tests/fuzz/run_fuzz.py makes the long one."""

from __future__ import annotations

import pytest
from fuzzing import Property, fuzz
from hypothesis import HealthCheck, settings
from reading_properties import READING
from wire_properties import CODEC, SAMPLES, WIRE

from pytest_deeprnn.sandbox.protocol.messages import Reply

SHORT = settings(
    max_examples=60,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("one", [*WIRE, *READING], ids=lambda one: one.name.replace(" ", "-"))
def test_a_property_holds_for_some_examples(one: Property) -> None:
    assert one.examples is not None
    fuzz(one, SHORT)


@pytest.mark.parametrize("reply", SAMPLES, ids=lambda reply: type(reply).__name__)
def test_samples_survive_the_wire(reply: Reply) -> None:
    assert CODEC.decode(CODEC.encode(reply)) == reply
