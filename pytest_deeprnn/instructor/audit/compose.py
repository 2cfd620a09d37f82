"""From a specimen and a style to the network that a learner of this style would write."""

from __future__ import annotations

from pytest_deeprnn.core.exercise import Exercise
from pytest_deeprnn.instructor.audit import equations, wires
from pytest_deeprnn.instructor.audit.errors import Inexpressible
from pytest_deeprnn.instructor.audit.mutant import Specimen
from pytest_deeprnn.instructor.audit.network import Form, Network
from pytest_deeprnn.instructor.audit.style import Style
from pytest_deeprnn.instructor.audit.sums import Written, in_order, joined
from pytest_deeprnn.mutations.mutation import Edit, Mutation

_ONE_BIAS = Mutation(
    "", "none", "without a second bias", (Edit("H_tilde", "H @ W.W_hh + b_hh", "H @ W.W_hh"),)
)


def network(exercise: Exercise, style: Style, specimen: Specimen) -> Network:
    """Put the network together; raises Inexpressible where the style has no way to write it."""
    form, depth = shape(exercise, style)
    if any(layer > depth for layer in specimen.layers):
        raise Inexpressible("there is no such layer")
    cells = exercise.cells(depth)
    layers = tuple(
        _layer(cell, number, exercise, style, specimen) for number, cell in enumerate(cells, 1)
    )
    if form == "any" and any(one.weights != layers[0].weights for one in layers):
        raise Inexpressible("the layers of a loop have the same weights")
    return Network(
        form, layers, wires.read(specimen.wiring), specimen.setup, exercise.network.own_widths
    )


def shape(exercise: Exercise, style: Style) -> tuple[Form, int]:
    """Whether the layers are in a loop, and how many there are to describe."""
    asked = exercise.network
    if asked.max_layers == 1:
        return "one", 1
    few = max(asked.min_layers, len(asked.cells), min(2, asked.max_layers))
    if style.by_hand or len(set(asked.cells)) > 1:
        return "fixed", few
    return "any", asked.max_layers


def step_name(exercise: Exercise, style: Style, specimen: Specimen, cell: str) -> str:
    """Which of the reference's steps a layer is written after."""
    allowed = exercise.accept.reset
    wanted = specimen.reset or ("after" if style.resets_after else "before")
    after = wanted == "after" if wanted in allowed else "before" not in allowed
    return "step_reset_after" if cell == "gru" and after else "step"


def mutations_of(
    exercise: Exercise, style: Style, specimen: Specimen, cell: str, number: int
) -> tuple[Mutation, ...]:
    """The edits of one layer, from 1."""
    here = cell == specimen.of and (not specimen.layers or number in specimen.layers)
    own = specimen.cell if here else ()
    after = step_name(exercise, style, specimen, cell) == "step_reset_after"
    inside = any("c_h" in edit.new and "b_hh" in edit.old for one in own for edit in one.edits)
    return (*own, _ONE_BIAS) if after and not inside else own


def _layer(cell: str, number: int, exercise: Exercise, style: Style, specimen: Specimen) -> Written:
    step = step_name(exercise, style, specimen, cell)
    mutations = mutations_of(exercise, style, specimen, cell, number)
    try:
        read = equations.read(cell, step, mutations)
    except Inexpressible:
        read = equations.read(cell, step, mutations[::-1])
    sums = style.sums
    if sums is joined and step == "step_reset_after":
        raise Inexpressible("a reset after the product needs a product of its own")
    return sums(read, in_order(cell, specimen.setup.turned))
