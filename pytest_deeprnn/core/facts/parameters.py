"""Facts about what get_params makes."""

from __future__ import annotations

from pytest_deeprnn.core.catalogue import N_
from pytest_deeprnn.core.facts.fact import Commas, Fact, TensorPath


class ReturnedArrays(Fact, frozen=True):
    """A function gives numpy's arrays."""

    function: str
    text = N_("{function} returned numpy arrays, where tensors are needed: arrays have no gradient")


class ReturnedNoTensor(Fact, frozen=True):
    """A function gives no tensor of floating-point numbers."""

    function: str
    container: str
    text = N_("{function} returned {container} without any floating-point tensor")


class IgnoresVocabulary(Fact, frozen=True):
    """V changes no shape."""

    text = N_("the shapes that get_params makes do not depend on the vocabulary size")


class IgnoresHiddens(Fact, frozen=True):
    """H changes no shape."""

    text = N_("the shapes that get_params makes do not depend on the number of hidden units")


class WithoutGradients(Fact, frozen=True):
    """Parameters that require no gradient."""

    count: int
    of: int
    paths: Commas
    text = N_("{count} of {of} tensors of get_params do not require gradients: {paths}")


class NotLeaves(Fact, frozen=True):
    """Parameters that are results of operations."""

    count: int
    of: int
    paths: Commas
    text = N_(
        "{count} of {of} tensors of get_params are results of computations, not leaf tensors, so "
        "an optimiser cannot update them: {paths}"
    )


class SameTensor(Fact, frozen=True):
    """One tensor object in several places."""

    paths: Commas
    text = N_("{paths} are one and the same tensor")


class SameTensors(Fact, frozen=True):
    """Whole layers whose tensors are one another's."""

    spans: tuple[Fact, ...]
    count: int
    text = N_("{spans} are the same {count} tensors")


class Span(Fact, frozen=True):
    """Tensors that follow each other."""

    first: object
    last: object
    text = N_("{first} to {last}")


class SharedMemory(Fact, frozen=True):
    """Parameters that lie in the same memory."""

    paths: Commas
    text = N_("{paths} have memory in common, so that an update changes both")


class RepeatedNumber(Fact, frozen=True):
    """A parameter whose numbers lie in one place."""

    path: TensorPath
    text = N_("several numbers of {path} are one number in memory")


class OneNumber(Fact, frozen=True):
    """A parameter that cannot serve H units."""

    path: TensorPath
    shape: str
    text = N_("{path} of shape {shape} holds one number only")


class ExtraNumbers(Fact, frozen=True):
    """A layer's worth of parameters that influence nothing."""

    count: int
    layer: int
    text = N_("{count} parameters, as many as layer {layer} has, influence nothing")


class OneLayer(Fact, frozen=True):
    """A count of layers."""

    text = N_("1 layer")


class SeveralLayers(Fact, frozen=True):
    """A count of layers."""

    count: int
    text = N_("{count} layers")


def layers(count: int) -> Fact:
    """Return how many layers, in words."""
    return OneLayer() if count == 1 else SeveralLayers(count)


class LayersBuilt(Fact, frozen=True):
    """get_params follows num_layers otherwise than asked."""

    found: Fact
    asked: Fact
    text = N_("get_params builds {found} where {asked} were asked for")


class LayersFound(Fact, frozen=True):
    """A network of fixed depth has another depth."""

    found: int
    asked: str
    text = N_("the network has {found} layers where {asked} are asked for")


class MissingWeight(Fact, frozen=True):
    """A layer lacks a weight; `layer` is 0 for the output layer."""

    layer: int
    weight: str
    text = N_("layer {layer} has no {weight}")


class MissingOutputWeight(MissingWeight, frozen=True):
    """The output layer lacks a weight."""

    text = N_("the output layer has no {weight}")


class MissingWhileIdle(Fact, frozen=True):
    """A weight is missing while a tensor is left over."""

    missing: Fact
    idle: Commas
    text = N_("{missing}, while {idle} influences nothing")


class MissingWhileSeveralIdle(MissingWhileIdle, frozen=True):
    """A weight is missing while tensors are left over."""

    text = N_("{missing}, while {idle} influence nothing")


class Idle(Fact, frozen=True):
    """A parameter, or a part of one, that nothing depends on."""

    tensor: Fact
    text = N_("{tensor} influences nothing")


class SomeOf(Fact, frozen=True):
    """A tensor of which some numbers are meant."""

    path: TensorPath
    text = N_("{path} (a part of it)")


class NoRecurrentWeight(Fact, frozen=True):
    """A layer without W_h."""

    layer: int
    text = N_("layer {layer} has no recurrent weight")


class UnfilledMemory(Fact, frozen=True):
    """Numbers that nobody wrote, or infinite ones."""

    path: TensorPath
    text = N_("{path} holds memory that was never filled, or infinite numbers")


class EqualStart(Fact, frozen=True):
    """A weight that starts alike for every unit."""

    name: Fact
    text = N_("{name} starts with equal numbers for every unit")


class StartScale(Fact, frozen=True):
    """A weight that starts too large or too small."""

    name: Fact
    scale: float
    low: float
    high: float
    text = N_(
        "{name} starts at a scale of {scale} (root mean square); the book's is 0.01, and {low} to "
        "{high} is accepted"
    )


class WeightOfLayer(Fact, frozen=True):
    """A weight by its name in the book."""

    weight: str
    layer: int
    text = N_("{weight} of layer {layer}")


class WeightOfOutput(Fact, frozen=True):
    """An output weight by its name in the book."""

    weight: str
    text = N_("{weight} of the output layer")


class Tensor(Fact, frozen=True):
    """A tensor, by its path alone."""

    path: TensorPath
    text = "{path}"


class TurnedWeight(Fact, frozen=True):
    """A weight of shape (H, V) instead of (V, H)."""

    text = N_("the three functions work together where V = H only: a weight is turned round")


class OneSizeOnly(Fact, frozen=True):
    """A size that is written into the code."""

    letter: str
    size: int
    text = N_("the three functions work together with {letter} = {size} only")


class LayerLends(Fact, frozen=True):
    """A whole layer's weights used in another's place."""

    layer: int
    lender: int
    text = N_("layer {layer}'s weights influence nothing; layer {lender}'s are used twice")


class LayerLendsOften(Fact, frozen=True):
    """A whole layer's weights used in the places of several others."""

    layer: int
    lender: int
    times: int
    text = N_("layer {layer}'s weights influence nothing; layer {lender}'s are used {times} times")


class WeightLends(Fact, frozen=True):
    """A weight that is used in others' places."""

    lent: Fact
    places: int
    idle: tuple[Fact, ...]
    text = N_("{lent} is used in {places} places, {idle} in none")


class Rows(Fact, frozen=True):
    """Some rows of a tensor, as its own subscript."""

    path: TensorPath
    rows: str
    text = "{path}{rows}"


class PartOf(Fact, frozen=True):
    """Some numbers of a tensor."""

    path: TensorPath
    text = N_("a part of {path}")
