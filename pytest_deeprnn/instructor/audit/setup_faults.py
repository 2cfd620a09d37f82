"""Faults that are no edit of an equation: how parameters and states are made and given back."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_deeprnn.instructor.audit.mutant import Specimen
from pytest_deeprnn.instructor.audit.setup import Setup

_FAULTS: tuple[tuple[str, str, Setup], ...] = (
    ("init-constant", "all weights start at zero", Setup(weights="zeros")),
    ("init-constant", "all weights start at one", Setup(weights="ones")),
    ("init-scale", "weights start at a scale of 10", Setup(weights="large")),
    ("params-no-grad", "no parameter requires gradients", Setup(gradients="none")),
    ("params-not-leaf", "weights are scaled leaves, no leaves", Setup(gradients="product")),
    ("state-init", "the initial state is ones", Setup(start="ones")),
    ("state-init", "the initial state is random", Setup(start="randn")),
    ("hardcoded-shape", "the state is made for a batch of 32", Setup(batch=32)),
    ("hardcoded-device", "tensors are made on the CPU", Setup(on_cpu=True)),
    ("state-aliased", "one tensor stands for several states", Setup(one_object=True)),
    ("state-detached", "states are detached after each step", Setup(detached=True)),
    ("state-mutated", "the caller's states are overwritten in place", Setup(mutates=True)),
    ("state-incomplete", "the new state lacks the last part", Setup(state="lacks last")),
    ("state-not-returned", "only the outputs are returned", Setup(state="none")),
)
#: Faults that the numbers of outputs and new state do not show.
SILENT = frozenset(code for code, _, _ in _FAULTS)


def faults() -> Iterator[list[Specimen]]:
    """Each fault, in the one place that it can be in."""
    for code, text, setup in _FAULTS:
        yield [Specimen((code,), text, setup=setup)]
