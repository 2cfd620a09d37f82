"""Facts about what a tensor serves as, and about the cases that were tried."""

from __future__ import annotations

from pytest_deeprnn.core.catalogue import N_
from pytest_deeprnn.core.facts.fact import Commas, Fact, Phrase

#: What a weight is, by how its name in the book begins.
KINDS = {
    "W_x": Phrase(N_("input weight")),
    "W_h": Phrase(N_("recurrent weight")),
    "b_": Phrase(N_("bias")),
}
RECURRENT_BIAS = Phrase(N_("recurrent bias"))
#: The gates by their names in the book, for the catalogue.
GATES = {
    gate: Phrase(gate)
    for gate in (
        N_("reset"),
        N_("update"),
        N_("candidate"),
        N_("input"),
        N_("forget"),
        N_("output"),
        N_("cell"),
    )
}


class LayerWeight(Fact, frozen=True):
    """A weight of a plain layer."""

    layer: int
    kind: Phrase
    weight: str
    text = N_("layer {layer} {kind} {weight}")


class GateWeight(Fact, frozen=True):
    """A weight of a gate."""

    layer: int
    gate: Phrase
    kind: Phrase
    weight: str
    text = N_("layer {layer} {gate} {kind} {weight}")


class OutputWeight(Fact, frozen=True):
    """The output layer's weight."""

    weight: str
    text = N_("output layer weight {weight}")


class OutputBias(Fact, frozen=True):
    """The output layer's bias."""

    weight: str
    text = N_("output layer bias {weight}")


class NoInfluence(Fact, frozen=True):
    """A tensor that nothing depends on."""

    text = N_("influences nothing")


class Unknown(Fact, frozen=True):
    """A tensor whose role was not found."""

    text = N_("not recognised")


class CasesDrawn(Fact, frozen=True):
    """What the drawn cases reach."""

    count: int
    ranges: Commas
    equal: int
    single: int
    text = N_("{count} cases: {ranges}; V = H in {equal}, float32 in {single}")


class FromTo(Fact, frozen=True):
    """The least and the largest of a size."""

    name: str
    low: int
    high: int
    text = N_("{name} {low} to {high}")


class FurtherCases(Fact, frozen=True):
    """What the cases of a training's size reach."""

    count: int
    reach: Commas
    made: int
    untracked: int
    text = N_(
        "{count} further cases: {reach}; {made} start from init_state's own state, {untracked} run "
        "without gradients"
    )


class UpTo(Fact, frozen=True):
    """The largest of a size."""

    name: str
    high: int
    text = N_("{name} up to {high}")
