"""A host in this process, and messages to it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator

import pytest
import torch

from pytest_deeprnn.sandbox.host.host import Host
from pytest_deeprnn.sandbox.protocol.messages import Load, Loaded, Unit

FILE = "student.py"


def load_request(text: str, needed: tuple[str, ...] = (), **constants: int | str) -> Load:
    """Ask for all statements of a file to be run."""
    run = tuple((index,) for index in range(len(ast.parse(text).body)))
    return Load(
        name="submission",
        units=(Unit(filename=FILE, text=text, run=run),),
        needed=needed,
        constants=dict(constants),
        helpers=(),
        double=False,
    )


@pytest.fixture
def host() -> Iterator[Host]:
    """A host that leaves this process as it was."""
    dtype, module = torch.get_default_dtype(), sys.modules.get("submission")
    yield Host()
    torch.set_default_dtype(dtype)
    sys.modules.pop("submission", None)
    if module is not None:
        sys.modules["submission"] = module


@pytest.fixture
def load(host: Host) -> Callable[..., Loaded]:
    """Load a text into the host."""

    def loaded(text: str, needed: tuple[str, ...] = (), **constants: int | str) -> Loaded:
        reply = host.answer(load_request(text, needed, **constants))
        assert isinstance(reply, Loaded)
        return reply

    return loaded
