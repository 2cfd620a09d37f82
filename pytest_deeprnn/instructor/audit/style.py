"""A hand: the names, containers and layout that one learner writes in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pytest_deeprnn.instructor.audit.sums import Sums

#: Parameters in one flat list; a dictionary, record or group (list) for each layer.
Holder = Literal["flat", "dicts", "record", "groups"]


@dataclass(frozen=True)
class Style:
    """One way of writing; `names` translates the names of the equations.

    `state` says how an LSTM's parts lie, `update` whether a step writes into the list of states
    or makes a new one, `late` whether the output layer comes after the loop over time, `by_hand`
    whether the layers are written one by one, `helper` whether a cell is a function.
    """

    name: str
    about: str
    sums: Sums
    product: Literal["@", "mm", "linear"]
    holder: Holder
    names: Mapping[str, str]
    functions: tuple[str, ...]
    sizes: tuple[str, str, str, str, str]
    state: Literal["pairs", "flat", "stacked"]
    sequence: Literal["tuple", "list"]
    update: Literal["append", "place"]
    late: bool = False
    by_hand: bool = False
    helper: bool = False
    resets_after: bool = False

    @property
    def vocab(self) -> str:
        """The argument for the size of the vocabulary."""
        return self.sizes[0]

    @property
    def hiddens(self) -> str:
        """The argument for the number of hidden units."""
        return self.sizes[1]

    @property
    def count(self) -> str:
        """The argument for the number of layers."""
        return self.sizes[2]

    @property
    def batch(self) -> str:
        """The argument for the batch size."""
        return self.sizes[3]

    @property
    def device(self) -> str:
        """The argument for the device."""
        return self.sizes[4]

    def local(self, name: str) -> str:
        """The learner's name for one of the equations."""
        return self.names.get(name, name)
