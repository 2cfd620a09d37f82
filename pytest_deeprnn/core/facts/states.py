"""Facts about the state: what init_state makes, and what forward takes and gives back."""

from __future__ import annotations

from dataclasses import dataclass

from pytest_deeprnn.core.catalogue import N_
from pytest_deeprnn.core.facts.fact import Commas, Fact, TensorPath


@dataclass(frozen=True)
class StateNotZero(Fact):
    """A part of the initial state holds other numbers."""

    path: str
    text = N_("the initial state{path} is not zero")


@dataclass(frozen=True)
class StateIgnoresBatch(Fact):
    """B changes no shape."""

    text = N_("the shapes that init_state makes do not depend on B")


@dataclass(frozen=True)
class StateAmount(Fact):
    """init_state makes more or fewer numbers than the layers need."""

    shapes: Commas
    numbers: int
    tensors: int
    batch: int
    widths: Fact
    text = N_(
        "init_state makes {shapes}, in all {numbers} numbers; {tensors} tensors of (B, H) = "
        "({batch}, {widths}) are needed"
    )


@dataclass(frozen=True)
class Or(Fact):
    """One of two numbers, or of more."""

    first: object
    second: object
    text = N_("{first} or {second}")


@dataclass(frozen=True)
class One(Fact):
    """A number by itself."""

    number: int
    text = "{number}"


def either(numbers: list[int]) -> Fact:
    """Return numbers of which any will do."""
    found: Fact = One(numbers[0])
    for number in numbers[1:]:
        found = Or(found, number)
    return found


@dataclass(frozen=True)
class RunsWithoutState(Fact):
    """A layer is run for which no state is made."""

    layer: int
    text = N_("forward runs layer {layer} although init_state makes no state for it")


@dataclass(frozen=True)
class StateWithoutUnits(Fact):
    """No axis of a state counts hidden units."""

    path: str
    shape: str
    widths: Fact
    text = N_("the state{path} has shape {shape}, without H = {widths}")


@dataclass(frozen=True)
class StateTurned(Fact):
    """A state of shape (H, B)."""

    path: str
    text = N_("the state{path} has shape (H, B); forward cannot use it")


@dataclass(frozen=True)
class StateObjectTwice(Fact):
    """One tensor object for two parts of the state."""

    one: TensorPath
    other: TensorPath
    text = N_(
        "init_state returns one tensor object as {one} and {other}: what is written into one is "
        "written into the other"
    )


@dataclass(frozen=True)
class StateMemoryTwice(Fact):
    """Two parts of the state in the same memory."""

    one: TensorPath
    other: TensorPath
    text = N_(
        "init_state returns {one} and {other} in one memory: what is written into one is written "
        "into the other"
    )


@dataclass(frozen=True)
class SharedStart(Fact):
    """Two layers that start from one state."""

    one: int
    other: int
    path: TensorPath
    text = N_("layers {one} and {other} both start from the same state tensor {path}")


@dataclass(frozen=True)
class StateUnread(Fact):
    """State that nobody reads while every weight is used."""

    paths: tuple[TensorPath, ...]
    text = N_(
        "{paths} influences nothing, although every weight is used: another layer's state is read "
        "in its place"
    )


@dataclass(frozen=True)
class NoState(Fact):
    """Forward gives no state."""

    text = N_("forward returns no state")


@dataclass(frozen=True)
class GivenState(Fact):
    """Forward gives back what it was given."""

    text = N_("forward returns the state that it was given")


@dataclass(frozen=True)
class OneValue(Fact):
    """Forward gives outputs only."""

    text = N_("forward returns one value; the contract asks for (outputs, new state)")


class LostState(Fact):
    """Some of the state does not come back."""


@dataclass(frozen=True)
class FewerTensors(LostState):
    """Fewer tensors of state come back."""

    back: int
    given: int
    text = N_("forward returns {back} of {given} state tensors")


@dataclass(frozen=True)
class FewerNumbers(LostState):
    """Another amount of state comes back."""

    given: int
    back: int
    text = N_("init_state makes {given} state numbers, forward returns {back}")


@dataclass(frozen=True)
class LayerLost(LostState):
    """A layer's part does not come back; `part` is H or C."""

    layer: int
    part: str
    text = N_("forward does not return layer {layer}'s {part}: it is lost between calls")


@dataclass(frozen=True)
class LayerStateLost(LostState):
    """A layer's whole state does not come back."""

    layer: int
    text = N_("forward does not return layer {layer}'s state: it is lost between calls")


@dataclass(frozen=True)
class LayerOld(Fact):
    """A layer's part comes back as it was; `part` is H or C."""

    layer: int
    part: str
    text = N_("forward gives layer {layer}'s {part} back as it was given, not the new one")


@dataclass(frozen=True)
class LayerStateOld(Fact):
    """A layer's whole state comes back as it was."""

    layer: int
    text = N_("forward gives layer {layer}'s state back as it was given, not the new one")


@dataclass(frozen=True)
class StateMoved(Fact):
    """Parts of the state come back in other places."""

    text = N_("the parts of the state come back in another order than they were given")


class OwnStart(Fact):
    """Forward makes the state that it starts from."""


@dataclass(frozen=True)
class IgnoresState(OwnStart):
    """Nothing of the given state counts."""

    text = N_(
        "forward does not start from the state that it is given: each call starts from a state of "
        "its own"
    )


@dataclass(frozen=True)
class IgnoresParts(OwnStart):
    """Some parts of the given state count for nothing."""

    paths: tuple[TensorPath, ...]
    text = N_(
        "forward does not start from the {paths} that it is given: each call starts from a state "
        "of its own"
    )


@dataclass(frozen=True)
class StateNotTakenBack(Fact):
    """The returned state cannot be given back."""

    text = N_("the state that forward returns cannot be given back to it")


@dataclass(frozen=True)
class StateRefused(Fact):
    """The returned state raises when it is given back."""

    raised: str
    text = N_("forward cannot take back the state that it returned: {raised}")


@dataclass(frozen=True)
class HalvesPart(Fact):
    """Two half runs are not one whole one."""

    step: int
    expected: float
    got: float
    text = N_(
        "a run in two halves, the second starting from the state that the first returned, parts "
        "from one whole run at step {step}: expected {expected}, got {got}"
    )


@dataclass(frozen=True)
class StateDiffers(Fact):
    """A number of the new state is another one; `part` is H or C."""

    part: str
    layer: int
    row: int
    unit: int
    expected: float
    got: float
    sizes: Commas
    tolerance: float
    text = N_(
        "the new state {part} of layer {layer} differs first at batch row {row}, unit {unit}: "
        "expected {expected}, got {got}, with {sizes} (tolerance {tolerance})"
    )


@dataclass(frozen=True)
class StateShape(Fact):
    """The new state has another shape."""

    text = N_("the new state has another shape than the initial state")


@dataclass(frozen=True)
class StateLacksLayer(Fact):
    """The new state has fewer parts."""

    text = N_("the new state lacks a layer's part")
