"""Facts about the state: what init_state makes, and what forward takes and gives back."""

from __future__ import annotations

from pytest_deeprnn.core.catalogue import N_
from pytest_deeprnn.core.facts.fact import Commas, Fact, TensorPath


class StateNotZero(Fact, frozen=True):
    """A part of the initial state holds other numbers."""

    path: str
    text = N_("the initial state{path} is not zero")


class StateIgnoresBatch(Fact, frozen=True):
    """B changes no shape."""

    text = N_("the shapes that init_state makes do not depend on B")


class StateAmount(Fact, frozen=True):
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


class Or(Fact, frozen=True):
    """One of two numbers, or of more."""

    first: object
    second: object
    text = N_("{first} or {second}")


class One(Fact, frozen=True):
    """A number by itself."""

    number: int
    text = "{number}"


def either(numbers: list[int]) -> Fact:
    """Return numbers of which any will do."""
    found: Fact = One(numbers[0])
    for number in numbers[1:]:
        found = Or(found, number)
    return found


class RunsWithoutState(Fact, frozen=True):
    """A layer is run for which no state is made."""

    layer: int
    text = N_("forward runs layer {layer} although init_state makes no state for it")


class StateWithoutUnits(Fact, frozen=True):
    """No axis of a state counts hidden units."""

    path: str
    shape: str
    widths: Fact
    text = N_("the state{path} has shape {shape}, without H = {widths}")


class StateTurned(Fact, frozen=True):
    """A state of shape (H, B)."""

    path: str
    text = N_("the state{path} has shape (H, B); forward cannot use it")


class StateObjectTwice(Fact, frozen=True):
    """One tensor object for two parts of the state."""

    one: TensorPath
    other: TensorPath
    text = N_(
        "init_state returns one tensor object as {one} and {other}: what is written into one is "
        "written into the other"
    )


class StateMemoryTwice(Fact, frozen=True):
    """Two parts of the state in the same memory."""

    one: TensorPath
    other: TensorPath
    text = N_(
        "init_state returns {one} and {other} in one memory: what is written into one is written "
        "into the other"
    )


class SharedStart(Fact, frozen=True):
    """Two layers that start from one state."""

    one: int
    other: int
    path: TensorPath
    text = N_("layers {one} and {other} both start from the same state tensor {path}")


class StateUnread(Fact, frozen=True):
    """State that nobody reads while every weight is used."""

    paths: tuple[TensorPath, ...]
    text = N_(
        "{paths} influences nothing, although every weight is used: another layer's state is read "
        "in its place"
    )


class NoState(Fact, frozen=True):
    """Forward gives no state."""

    text = N_("forward returns no state")


class GivenState(Fact, frozen=True):
    """Forward gives back what it was given."""

    text = N_("forward returns the state that it was given")


class OneValue(Fact, frozen=True):
    """Forward gives outputs only."""

    text = N_("forward returns one value; the contract asks for (outputs, new state)")


class LostState(Fact, frozen=True):
    """Some of the state does not come back."""


class FewerTensors(LostState, frozen=True):
    """Fewer tensors of state come back."""

    back: int
    given: int
    text = N_("forward returns {back} of {given} state tensors")


class FewerNumbers(LostState, frozen=True):
    """Another amount of state comes back."""

    given: int
    back: int
    text = N_("init_state makes {given} state numbers, forward returns {back}")


class LayerLost(LostState, frozen=True):
    """A layer's part does not come back; `part` is H or C."""

    layer: int
    part: str
    text = N_("forward does not return layer {layer}'s {part}: it is lost between calls")


class LayerStateLost(LostState, frozen=True):
    """A layer's whole state does not come back."""

    layer: int
    text = N_("forward does not return layer {layer}'s state: it is lost between calls")


class LayerOld(Fact, frozen=True):
    """A layer's part comes back as it was; `part` is H or C."""

    layer: int
    part: str
    text = N_("forward gives layer {layer}'s {part} back as it was given, not the new one")


class LayerStateOld(Fact, frozen=True):
    """A layer's whole state comes back as it was."""

    layer: int
    text = N_("forward gives layer {layer}'s state back as it was given, not the new one")


class StateMoved(Fact, frozen=True):
    """Parts of the state come back in other places."""

    text = N_("the parts of the state come back in another order than they were given")


class OwnStart(Fact, frozen=True):
    """Forward makes the state that it starts from."""


class IgnoresState(OwnStart, frozen=True):
    """Nothing of the given state counts."""

    text = N_(
        "forward does not start from the state that it is given: each call starts from a state of "
        "its own"
    )


class IgnoresParts(OwnStart, frozen=True):
    """Some parts of the given state count for nothing."""

    paths: tuple[TensorPath, ...]
    text = N_(
        "forward does not start from the {paths} that it is given: each call starts from a state "
        "of its own"
    )


class StateNotTakenBack(Fact, frozen=True):
    """The returned state cannot be given back."""

    text = N_("the state that forward returns cannot be given back to it")


class StateRefused(Fact, frozen=True):
    """The returned state raises when it is given back."""

    raised: str
    text = N_("forward cannot take back the state that it returned: {raised}")


class HalvesPart(Fact, frozen=True):
    """Two half runs are not one whole one."""

    step: int
    expected: float
    got: float
    text = N_(
        "a run in two halves, the second starting from the state that the first returned, parts "
        "from one whole run at step {step}: expected {expected}, got {got}"
    )


class StateDiffers(Fact, frozen=True):
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


class StateShape(Fact, frozen=True):
    """The new state has another shape."""

    text = N_("the new state has another shape than the initial state")


class StateLacksLayer(Fact, frozen=True):
    """The new state has fewer parts."""

    text = N_("the new state lacks a layer's part")
