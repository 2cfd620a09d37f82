"""What a generated submission computes: its layers as written, its wires, its set-up."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Literal

from pytest_deeprnn.instructor.audit.equations import PARTS, expression
from pytest_deeprnn.instructor.audit.errors import Inexpressible
from pytest_deeprnn.instructor.audit.setup import Setup
from pytest_deeprnn.instructor.audit.sums import Written
from pytest_deeprnn.instructor.audit.wires import Wires

#: One layer; several by hand; or a loop over as many as are asked for.
Form = Literal["one", "fixed", "any"]


@dataclass(frozen=True)
class Network:
    """One network as a learner would write it; where `form` is "any", `layers` go to the deepest.

    With `own_widths` num_hiddens is a list.
    """

    form: Form
    layers: tuple[Written, ...]
    wires: Wires
    setup: Setup
    own_widths: bool

    @property
    def depth(self) -> int:
        """How many layers are described."""
        return len(self.layers)

    @property
    def numbers(self) -> range:
        """The layers' numbers, from 0."""
        return range(self.depth)

    def parts(self, layer: int) -> int:
        """How many tensors the layer carries."""
        return len(PARTS[self.layers[layer].cell])

    @property
    def one_kind(self) -> bool:
        """Whether all layers carry the same."""
        return len({self.parts(layer) for layer in self.numbers}) == 1

    def source(self, layer: int) -> int | None:
        """The layer whose width the layer's input has; None for the network's input."""
        return _source(self.wires.read_by(layer), layer - 1 if layer else None)

    @property
    def shown(self) -> int | None:
        """The layer whose width the output layer's input has; None for the last."""
        return _source(self.wires.shown_to_output, None)


def _source(text: str, below: int | None) -> int | None:
    """The layer that an expression reads a state of; of a sum both have one width."""
    match expression(text):
        case ast.Name(id="below"):
            return below
        case ast.Name(id="X"):
            return None
        case ast.Subscript(value=ast.Subscript(slice=number)):
            found = int(ast.unparse(number))
            return None if found < 0 else found
        case ast.BinOp(left=left, right=right):
            if any(ast.unparse(one) == "X" for one in (left, right)) and below is not None:
                raise Inexpressible("the input and a layer have different widths")
            return _source(ast.unparse(left), below)
    raise LookupError(f"{text} is no input of a layer")
