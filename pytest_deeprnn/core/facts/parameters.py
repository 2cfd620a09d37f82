"""Facts about what get_params makes."""

from __future__ import annotations

from dataclasses import dataclass

from pytest_deeprnn.core.catalogue import N_
from pytest_deeprnn.core.facts.fact import Commas, Fact, TensorPath


@dataclass(frozen=True)
class ReturnedArrays(Fact):
    """A function gives numpy's arrays."""

    function: str
    text = N_("{function} returned numpy arrays, where tensors are needed: arrays have no gradient")


@dataclass(frozen=True)
class ReturnedNoTensor(Fact):
    """A function gives no tensor of floating-point numbers."""

    function: str
    container: str
    text = N_("{function} returned {container} without any floating-point tensor")


@dataclass(frozen=True)
class IgnoresVocabulary(Fact):
    """V changes no shape."""

    text = N_("the shapes that get_params makes do not depend on the vocabulary size")


@dataclass(frozen=True)
class IgnoresHiddens(Fact):
    """H changes no shape."""

    text = N_("the shapes that get_params makes do not depend on the number of hidden units")


@dataclass(frozen=True)
class WithoutGradients(Fact):
    """Parameters that require no gradient."""

    count: int
    of: int
    paths: Commas
    text = N_("{count} of {of} tensors of get_params do not require gradients: {paths}")


@dataclass(frozen=True)
class NotLeaves(Fact):
    """Parameters that are results of operations."""

    count: int
    of: int
    paths: Commas
    text = N_(
        "{count} of {of} tensors of get_params are results of computations, not leaf tensors, so "
        "an optimiser cannot update them: {paths}"
    )


@dataclass(frozen=True)
class SameTensor(Fact):
    """One tensor object in several places."""

    paths: Commas
    text = N_("{paths} are one and the same tensor")


@dataclass(frozen=True)
class SameTensors(Fact):
    """Whole layers whose tensors are one another's."""

    spans: tuple[Fact, ...]
    count: int
    text = N_("{spans} are the same {count} tensors")


@dataclass(frozen=True)
class Span(Fact):
    """Tensors that follow each other."""

    first: object
    last: object
    text = N_("{first} to {last}")


@dataclass(frozen=True)
class SharedMemory(Fact):
    """Parameters that lie in the same memory."""

    paths: Commas
    text = N_("{paths} have memory in common, so that an update changes both")


@dataclass(frozen=True)
class RepeatedNumber(Fact):
    """A parameter whose numbers lie in one place."""

    path: TensorPath
    text = N_("several numbers of {path} are one number in memory")


@dataclass(frozen=True)
class OneNumber(Fact):
    """A parameter that cannot serve H units."""

    path: TensorPath
    shape: str
    text = N_("{path} of shape {shape} holds one number only")


@dataclass(frozen=True)
class ExtraNumbers(Fact):
    """A layer's worth of parameters that influence nothing."""

    count: int
    layer: int
    text = N_("{count} parameters, as many as layer {layer} has, influence nothing")


@dataclass(frozen=True)
class OneLayer(Fact):
    """A count of layers."""

    text = N_("1 layer")


@dataclass(frozen=True)
class SeveralLayers(Fact):
    """A count of layers."""

    count: int
    text = N_("{count} layers")


def layers(count: int) -> Fact:
    """Return how many layers, in words."""
    return OneLayer() if count == 1 else SeveralLayers(count)


@dataclass(frozen=True)
class LayersBuilt(Fact):
    """get_params follows num_layers otherwise than asked."""

    found: Fact
    asked: Fact
    text = N_("get_params builds {found} where {asked} were asked for")


@dataclass(frozen=True)
class LayersFound(Fact):
    """A network of fixed depth has another depth."""

    found: int
    asked: str
    text = N_("the network has {found} layers where {asked} are asked for")


@dataclass(frozen=True)
class MissingWeight(Fact):
    """A layer lacks a weight; `layer` is 0 for the output layer."""

    layer: int
    weight: str
    text = N_("layer {layer} has no {weight}")


@dataclass(frozen=True)
class MissingOutputWeight(MissingWeight):
    """The output layer lacks a weight."""

    text = N_("the output layer has no {weight}")


@dataclass(frozen=True)
class MissingWhileIdle(Fact):
    """A weight is missing while a tensor is left over."""

    missing: Fact
    idle: Commas
    text = N_("{missing}, while {idle} influences nothing")


@dataclass(frozen=True)
class MissingWhileSeveralIdle(MissingWhileIdle):
    """A weight is missing while tensors are left over."""

    text = N_("{missing}, while {idle} influence nothing")


@dataclass(frozen=True)
class Idle(Fact):
    """A parameter, or a part of one, that nothing depends on."""

    tensor: Fact
    text = N_("{tensor} influences nothing")


@dataclass(frozen=True)
class SomeOf(Fact):
    """A tensor of which some numbers are meant."""

    path: TensorPath
    text = N_("{path} (a part of it)")


@dataclass(frozen=True)
class NoRecurrentWeight(Fact):
    """A layer without W_h."""

    layer: int
    text = N_("layer {layer} has no recurrent weight")


@dataclass(frozen=True)
class UnfilledMemory(Fact):
    """Numbers that nobody wrote, or infinite ones."""

    path: TensorPath
    text = N_("{path} holds memory that was never filled, or infinite numbers")


@dataclass(frozen=True)
class EqualStart(Fact):
    """A weight that starts alike for every unit."""

    name: Fact
    text = N_("{name} starts with equal numbers for every unit")


@dataclass(frozen=True)
class StartScale(Fact):
    """A weight that starts too large or too small."""

    name: Fact
    scale: float
    low: float
    high: float
    text = N_(
        "{name} starts at a scale of {scale} (root mean square); the book's is 0.01, and {low} to "
        "{high} is accepted"
    )


@dataclass(frozen=True)
class WeightOfLayer(Fact):
    """A weight by its name in the book."""

    weight: str
    layer: int
    text = N_("{weight} of layer {layer}")


@dataclass(frozen=True)
class WeightOfOutput(Fact):
    """An output weight by its name in the book."""

    weight: str
    text = N_("{weight} of the output layer")


@dataclass(frozen=True)
class Tensor(Fact):
    """A tensor, by its path alone."""

    path: TensorPath
    text = "{path}"


@dataclass(frozen=True)
class TurnedWeight(Fact):
    """A weight of shape (H, V) instead of (V, H)."""

    text = N_("the three functions work together where V = H only: a weight is turned round")


@dataclass(frozen=True)
class OneSizeOnly(Fact):
    """A size that is written into the code."""

    letter: str
    size: int
    text = N_("the three functions work together with {letter} = {size} only")


@dataclass(frozen=True)
class LayerLends(Fact):
    """A whole layer's weights used in another's place."""

    layer: int
    lender: int
    text = N_("layer {layer}'s weights influence nothing; layer {lender}'s are used twice")


@dataclass(frozen=True)
class LayerLendsOften(Fact):
    """A whole layer's weights used in the places of several others."""

    layer: int
    lender: int
    times: int
    text = N_("layer {layer}'s weights influence nothing; layer {lender}'s are used {times} times")


@dataclass(frozen=True)
class WeightLends(Fact):
    """A weight that is used in others' places."""

    lent: Fact
    places: int
    idle: tuple[Fact, ...]
    text = N_("{lent} is used in {places} places, {idle} in none")


@dataclass(frozen=True)
class Rows(Fact):
    """Some rows of a tensor, as its own subscript."""

    path: TensorPath
    rows: str
    text = "{path}{rows}"


@dataclass(frozen=True)
class PartOf(Fact):
    """Some numbers of a tensor."""

    path: TensorPath
    text = N_("a part of {path}")
