"""Whether a generated fault is one: the same numbers through the right file give others."""

from __future__ import annotations

from pytest_deeprnn.instructor.audit import running
from pytest_deeprnn.instructor.audit.network import Network
from pytest_deeprnn.instructor.audit.style import Style


def differs(wrong: str, right: str, network: Network, style: Style) -> bool:
    """Whether two files differ in outputs or new state, with one set of parameters and state."""
    numbers = running.drawn(right, network, style, network.depth)
    given = running.run(wrong, network, style, network.depth, numbers)
    expected = running.run(right, network, style, network.depth, numbers)
    return running.differ(given, expected)
