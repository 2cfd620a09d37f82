"""What a submission draws without a seed is the same in every run."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from pytest_deeprnn.sandbox.host.seeding import same_in_every_run


@pytest.fixture(autouse=True)
def _kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The generators of these tests' own process go on as they were."""
    python, numbers = random.getstate(), np.random.get_state()
    generator: Any = np.random.bit_generator  # numpy does not tell the type of its draws
    monkeypatch.setattr(generator, "randbits", generator.randbits)
    yield
    random.setstate(python)
    np.random.set_state(numbers)


def drawn() -> list[float]:
    """A number of each generator, and of two that are made without a seed."""
    return [
        random.random(),
        np.random.normal(),
        np.random.default_rng().normal(),
        np.random.default_rng().normal(),
        np.random.RandomState().normal(),
    ]


def test_all_generators_begin_anew() -> None:
    same_in_every_run()
    first = drawn()
    same_in_every_run()
    assert drawn() == first
    assert len(set(first)) == len(first)


def test_python_goes_on_while_numpy_is_seeded() -> None:
    same_in_every_run()
    before = random.getstate()
    np.random.default_rng()
    assert random.getstate() == before
