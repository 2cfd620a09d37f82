"""Traces of texts, without a process of their own."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy
import pytest
import torch
from measured import traces_of

from pytest_deeprnn.measurement.traces import Traces


@pytest.fixture
def traces(tmp_path: Path) -> Iterator[Callable[..., Traces]]:
    """Measure a text; what its functions change in this process is put back."""
    made = list[Traces]()
    torch_numbers, python, numbers = (
        torch.get_rng_state(),
        random.getstate(),
        numpy.random.get_state(),
    )
    dtype = torch.get_default_dtype()

    def of(text: str, exercise: str = "rnn", **more: bool) -> Traces:
        made.append(traces_of(tmp_path, text, exercise, **more))
        return made[-1]

    yield of
    for one in made:
        one.student.close()
    torch.set_grad_enabled(True)
    torch.set_default_dtype(dtype)
    torch.set_rng_state(torch_numbers)
    random.setstate(python)
    numpy.random.set_state(numbers)
