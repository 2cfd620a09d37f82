"""What alignment finds: roles of parameters, layers, and what is odd about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pytest_deeprnn.core.facts.fact import Fact
from pytest_deeprnn.measurement.alignment.cells import CellFound
from pytest_deeprnn.mutations.mutation import Mutation

InputKind = Literal[
    "below",
    "inputs",
    "stale",
    "memory",
    "lower",
    "sum",
    "part",
    "candidate",
    "squashed",
    "nothing",
]


@dataclass(frozen=True)
class Role:
    """What one number is for: an element of a weight, named as in the book.

    `layer` counts from 1, 0 is the output layer; a bias has i = 0. `sign` is -1 where the gate
    is read as its complement.
    """

    layer: int
    weight: str
    i: int
    j: int
    sign: int = 1


@dataclass(frozen=True)
class LayerFound:
    """A layer as it is really wired.

    `reads` says what it takes as input, `recurrent` the old state units that it multiplies
    with its recurrent weights, in the order of its units.
    """

    found: CellFound
    reads: InputKind
    reads_layer: int
    recurrent: tuple[int, ...]


@dataclass(frozen=True)
class Fault:
    """Something that the wiring shows and that no layer is known by: code, text and layer.

    `provable` says that the roles, with the `mutation` if there is one, hold all of it.
    """

    code: str
    fact: Fact
    layer: int | None = None
    mutation: Mutation | None = None
    provable: bool = False


@dataclass(frozen=True)
class Naming:
    """Layers found from the lowest, the layer that the output reads, and each element's role.

    `doubled` are elements that serve two sums at once, with both roles.
    """

    layers: tuple[LayerFound, ...]
    output_from: int | None
    roles: tuple[Role | None, ...]
    left: tuple[int, ...]
    doubled: tuple[tuple[int, Role, Role], ...]
    faults: tuple[Fault, ...]
