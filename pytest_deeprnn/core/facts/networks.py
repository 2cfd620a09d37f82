"""Facts about layers and cells: what they read, and what they compute of it."""

from __future__ import annotations

from dataclasses import dataclass

from pytest_deeprnn.core.catalogue import N_
from pytest_deeprnn.core.facts.fact import Commas, Fact, Phrase, TensorPath


@dataclass(frozen=True)
class PlainLayer(Fact):
    """A kind of cell."""

    text = N_("a plain tanh layer")


@dataclass(frozen=True)
class GruLayer(Fact):
    """A kind of cell."""

    text = N_("a GRU layer")


@dataclass(frozen=True)
class LstmLayer(Fact):
    """A kind of cell."""

    text = N_("an LSTM layer")


KINDS: dict[str, Fact] = {"rnn": PlainLayer(), "gru": GruLayer(), "lstm": LstmLayer()}


@dataclass(frozen=True)
class OtherCell(Fact):
    """A layer is another cell than asked for."""

    layer: int
    found: Fact
    asked: Fact
    text = N_("layer {layer} behaves exactly like {found}; {asked} is asked for")


@dataclass(frozen=True)
class OtherCells(Fact):
    """Several layers are other cells."""

    first: Fact
    second: Fact
    text = N_("{first}; {second}")


@dataclass(frozen=True)
class Mutated(Fact):
    """A network does what a mutation of the reference does; `does` is the mutation's text.

    `changes_old` says that it changes what becomes of the old state.
    """

    mutation: str
    does: Phrase
    changes_old: bool = False
    text = "{does}"


@dataclass(frozen=True)
class LayerMutated(Fact):
    """One layer does what a mutation of a cell does."""

    layer: int
    does: Mutated
    text = N_("layer {layer} {does}")


@dataclass(frozen=True)
class ReadsInput(Fact):
    """An upper layer reads what only the lowest should."""

    layer: int
    text = N_("layer {layer} reads the network's input")


@dataclass(frozen=True)
class ReadsInputInstead(Fact):
    """An upper layer reads the input in the place of the layer below."""

    layer: int
    below: int
    text = N_("layer {layer} reads the network's input instead of layer {below}")


@dataclass(frozen=True)
class ReadsLayerInstead(Fact):
    """A layer reads one further below."""

    layer: int
    read: int
    below: int
    text = N_("layer {layer} reads layer {read} instead of layer {below}")


@dataclass(frozen=True)
class ReadsMemory(Fact):
    """A layer reads C in the place of H."""

    layer: int
    text = N_("layer {layer} reads the memory C of the layer below instead of its H")


@dataclass(frozen=True)
class ReadsCandidate(Fact):
    """A layer reads the candidate in the place of H."""

    layer: int
    text = N_("layer {layer} reads the candidate H̃ of the layer below instead of its H")


@dataclass(frozen=True)
class ReadsPart(Fact):
    """A layer reads some units only."""

    layer: int
    text = N_("layer {layer} reads only some of the units of the layer below")


@dataclass(frozen=True)
class ReadsSum(Fact):
    """A layer reads two layers added up."""

    layer: int
    text = N_("layer {layer} reads the sum of the layer below and another")


@dataclass(frozen=True)
class ReadsSquashed(Fact):
    """A layer reads the one below after another activation."""

    layer: int
    text = N_("layer {layer} reads the layer below through one more activation")


@dataclass(frozen=True)
class ReadsNothing(Fact):
    """A layer has no input."""

    layer: int
    text = N_("layer {layer} reads no input at all")


@dataclass(frozen=True)
class ReadsStale(Fact):
    """A layer reads the one below a step late."""

    layer: int
    text = N_("layer {layer} reads the layer below as it was one step earlier")


@dataclass(frozen=True)
class ReadsNoOldState(Fact):
    """A layer has no recurrence."""

    layer: int
    text = N_("layer {layer} does not read its old state")


@dataclass(frozen=True)
class ReadsInputBeside(Fact):
    """A layer reads the input and the layer below."""

    layer: int
    text = N_("layer {layer} reads the network's input beside the layer below")


@dataclass(frozen=True)
class ReadsMemoryBeside(Fact):
    """A layer multiplies C with weights."""

    layer: int
    text = N_("layer {layer} multiplies its old memory C with weights, beside H")


@dataclass(frozen=True)
class ReadsLayerBeside(Fact):
    """A layer reads two layers."""

    layer: int
    text = N_("layer {layer} reads another layer beside the one below")


@dataclass(frozen=True)
class NewForOld(Fact):
    """A layer's recurrent weights multiply the new state below."""

    layer: int
    text = N_("layer {layer} multiplies the new state below where its own old state belongs")


@dataclass(frozen=True)
class OutputReadsLayers(Fact):
    """The output layer reads several layers."""

    layers: tuple[int, ...]
    text = N_("the output layer reads layers {layers}")


@dataclass(frozen=True)
class OutputReadsInput(Fact):
    """The output layer reads the input."""

    text = N_("the output layer reads the network's input")


@dataclass(frozen=True)
class OutputReadsLower(Fact):
    """The output layer reads another layer than the last."""

    layer: int
    of: int
    text = N_("the output layer reads layer {layer} of {of}")


@dataclass(frozen=True)
class OutputPassesOver(Fact):
    """The last layer counts for nothing, since the output layer reads another."""

    read: int
    idle: int
    text = N_("the output layer reads layer {read}; layer {idle} influences no output")


@dataclass(frozen=True)
class TakesOthersState(Fact):
    """A layer starts from another's old state."""

    layer: int
    owner: int
    text = N_("layer {layer} takes the old state of layer {owner} as its own")


@dataclass(frozen=True)
class ResetBefore(Fact):
    """The book's reset gate, where the exercise asks for the other."""

    layer: int
    text = N_("layer {layer} applies the reset gate before the recurrent product")


@dataclass(frozen=True)
class ResetAfter(Fact):
    """torch's reset gate, where the exercise asks for the book's."""

    layer: int
    text = N_("layer {layer} applies the reset gate after the recurrent product")


class NeverUsed(Fact):
    """A gate that is computed and read by nobody."""


@dataclass(frozen=True)
class GateNeverUsed(NeverUsed):
    """A gate in whose place another one stands; both by the learner's names."""

    unread: str
    other: str
    text = N_("your {unread} is computed and never used; {other} is used in its place")


@dataclass(frozen=True)
class GateCalled(Fact):
    """What the learner calls a gate."""

    own: str
    gate: Phrase
    text = N_("your {own} is the {gate} gate")


@dataclass(frozen=True)
class WithGates(Fact):
    """A fact, and what its gates are called."""

    what: Fact
    gates: Commas
    text = "{what} ({gates})"


@dataclass(frozen=True)
class OutputLayer(Fact):
    """Who uses a weight."""

    text = N_("the output layer")


@dataclass(frozen=True)
class Layer(Fact):
    """Who uses a weight."""

    layer: int
    text = N_("layer {layer}")


@dataclass(frozen=True)
class GateOf(Fact):
    """Who uses a weight."""

    gate: Phrase
    layer: int
    text = N_("the {gate} gate of layer {layer}")


@dataclass(frozen=True)
class WeightTaken(Fact):
    """A weight that two sums use."""

    taker: Fact
    path: TensorPath
    weight: str
    owned: str
    owner: Fact
    text = N_("{taker} takes {path} as its {weight}, which by its other use is {owned} of {owner}")


@dataclass(frozen=True)
class InputForState(Fact):
    """A weight for the old state multiplies the layer below."""

    who: Fact
    path: TensorPath
    text = N_("{who} multiplies the layer below by {path} where its own old state belongs")


@dataclass(frozen=True)
class StateForInput(Fact):
    """A weight for the input multiplies the layer's own state."""

    who: Fact
    path: TensorPath
    text = N_("{who} multiplies its own old state by {path} where the layer below belongs")


@dataclass(frozen=True)
class OutputsElsewhere(Fact):
    """All layers are known, but not what the outputs are made of."""

    text = N_("all layers are recognised, but the outputs are not computed from the last one's H")


@dataclass(frozen=True)
class Unrecognised(Fact):
    """The first layer fits no equation."""

    asked: Fact
    quantity: Phrase
    text = N_(
        "layer 1 reads its inputs, but none of the known equations of {asked} fits it: look at the "
        "lines that compute its {quantity}"
    )


@dataclass(frozen=True)
class UnrecognisedFrom(Fact):
    """A layer above known ones fits no equation."""

    known: Fact
    layer: int
    asked: Fact
    quantity: Phrase
    text = N_(
        "{known}; from layer {layer} on none of the known equations of {asked} gives the numbers: "
        "look at the lines that compute its {quantity}"
    )


@dataclass(frozen=True)
class LayerIs(Fact):
    """What a layer is."""

    layer: int
    kind: Fact
    text = N_("layer {layer} is {kind}")


@dataclass(frozen=True)
class LayersAre(Fact):
    """What several layers are."""

    last: int
    kind: Fact
    text = N_("layers 1 to {last} are each {kind}")


@dataclass(frozen=True)
class Several(Fact):
    """Facts that are told together."""

    facts: tuple[Fact, ...]
    text = "{facts}"


@dataclass(frozen=True)
class RowsSumToOne(Fact):
    """Outputs are probabilities."""

    text = N_("each row of outputs sums to 1, as after a softmax")


@dataclass(frozen=True)
class ExponentialsSumToOne(Fact):
    """Outputs are logarithms of probabilities."""

    text = N_("the exponentials of each row of outputs sum to 1, as after a log-softmax")


@dataclass(frozen=True)
class SequencesMix(Fact):
    """One sequence reaches another's outputs."""

    text = N_("changing one sequence changes the outputs of another")


@dataclass(frozen=True)
class LaterInput(Fact):
    """The last input reaches earlier outputs."""

    text = N_("changing the last input changes earlier outputs")


@dataclass(frozen=True)
class LaterInputs(Fact):
    """The last inputs reach earlier outputs."""

    count: int
    text = N_("changing the last {count} inputs changes earlier outputs")


@dataclass(frozen=True)
class OutputDiffers(Fact):
    """A number of the outputs is another one."""

    step: int
    row: int
    unit: int
    expected: float
    got: float
    sizes: Commas
    tolerance: float
    text = N_(
        "outputs differ first at step {step}, batch row {row}, output {unit}: expected {expected}, "
        "got {got}, with {sizes} (tolerance {tolerance})"
    )


@dataclass(frozen=True)
class NoReading(Fact):
    """No roles of the parameters make the network that is asked for."""

    what: Fact
    cells: Commas
    known: Fact
    text = N_(
        "no way of reading your parameters makes the {what} that of the network asked for "
        "({cells}). {known}"
    )


@dataclass(frozen=True)
class Output(Fact):
    """What is compared."""

    text = N_("output")


@dataclass(frozen=True)
class NewState(Fact):
    """What is compared."""

    text = N_("new state")


@dataclass(frozen=True)
class FirstUnknown(Fact):
    """No layer is known."""

    text = N_("Already layer 1 is not recognised as an RNN, GRU or LSTM layer.")


@dataclass(frozen=True)
class KnownFromBelow(Fact):
    """The layers that are known."""

    cells: Commas
    text = N_("Recognised from below: {cells}.")
