"""What is told of a function that returned no tensor of floating-point numbers."""

from __future__ import annotations

from collections.abc import Iterable

from pytest_deeprnn.core.facts.fact import Fact
from pytest_deeprnn.core.facts.parameters import ReturnedArrays, ReturnedNoTensor
from pytest_deeprnn.measurement.calls.replies import Numbers
from pytest_deeprnn.sandbox.protocol.messages import Leaf

_ARRAY = "ndarray"


def has_arrays(leaves: Iterable[Leaf]) -> bool:
    """Return True where arrays of numpy lie among the leaves."""
    return any(leaf.kind == _ARRAY for leaf in leaves)


def without_tensors(function: str, made: Numbers) -> Fact:
    """Return what `function` gave in place of tensors."""
    if has_arrays(made.leaves):
        return ReturnedArrays(function)
    return ReturnedNoTensor(function, made.container)
