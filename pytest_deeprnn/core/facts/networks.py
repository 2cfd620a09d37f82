"""Facts about layers and cells: what they read, and what they compute of it."""

from __future__ import annotations

from pytest_deeprnn.core.catalogue import N_
from pytest_deeprnn.core.facts.fact import Commas, Fact, Phrase, TensorPath


class PlainLayer(Fact, frozen=True):
    """A kind of cell."""

    text = N_("a plain tanh layer")


class GruLayer(Fact, frozen=True):
    """A kind of cell."""

    text = N_("a GRU layer")


class LstmLayer(Fact, frozen=True):
    """A kind of cell."""

    text = N_("an LSTM layer")


KINDS: dict[str, Fact] = {"rnn": PlainLayer(), "gru": GruLayer(), "lstm": LstmLayer()}


class OtherCell(Fact, frozen=True):
    """A layer is another cell than asked for."""

    layer: int
    found: Fact
    asked: Fact
    text = N_("layer {layer} behaves exactly like {found}; {asked} is asked for")


class OtherCells(Fact, frozen=True):
    """Several layers are other cells."""

    first: Fact
    second: Fact
    text = N_("{first}; {second}")


class Mutated(Fact, frozen=True):
    """A network does what a mutation of the reference does; `does` is the mutation's text.

    `changes_old` says that it changes what becomes of the old state.
    """

    mutation: str
    does: Phrase
    changes_old: bool = False
    text = "{does}"


class LayerMutated(Fact, frozen=True):
    """One layer does what a mutation of a cell does."""

    layer: int
    does: Mutated
    text = N_("layer {layer} {does}")


class ReadsInput(Fact, frozen=True):
    """An upper layer reads what only the lowest should."""

    layer: int
    text = N_("layer {layer} reads the network's input")


class ReadsInputInstead(Fact, frozen=True):
    """An upper layer reads the input in the place of the layer below."""

    layer: int
    below: int
    text = N_("layer {layer} reads the network's input instead of layer {below}")


class ReadsLayerInstead(Fact, frozen=True):
    """A layer reads one further below."""

    layer: int
    read: int
    below: int
    text = N_("layer {layer} reads layer {read} instead of layer {below}")


class ReadsMemory(Fact, frozen=True):
    """A layer reads C in the place of H."""

    layer: int
    text = N_("layer {layer} reads the memory C of the layer below instead of its H")


class ReadsCandidate(Fact, frozen=True):
    """A layer reads the candidate in the place of H."""

    layer: int
    text = N_("layer {layer} reads the candidate H̃ of the layer below instead of its H")


class ReadsPart(Fact, frozen=True):
    """A layer reads some units only."""

    layer: int
    text = N_("layer {layer} reads only some of the units of the layer below")


class ReadsSum(Fact, frozen=True):
    """A layer reads two layers added up."""

    layer: int
    text = N_("layer {layer} reads the sum of the layer below and another")


class ReadsSquashed(Fact, frozen=True):
    """A layer reads the one below after another activation."""

    layer: int
    text = N_("layer {layer} reads the layer below through one more activation")


class ReadsNothing(Fact, frozen=True):
    """A layer has no input."""

    layer: int
    text = N_("layer {layer} reads no input at all")


class ReadsStale(Fact, frozen=True):
    """A layer reads the one below a step late."""

    layer: int
    text = N_("layer {layer} reads the layer below as it was one step earlier")


class ReadsNoOldState(Fact, frozen=True):
    """A layer has no recurrence."""

    layer: int
    text = N_("layer {layer} does not read its old state")


class ReadsInputBeside(Fact, frozen=True):
    """A layer reads the input and the layer below."""

    layer: int
    text = N_("layer {layer} reads the network's input beside the layer below")


class ReadsMemoryBeside(Fact, frozen=True):
    """A layer multiplies C with weights."""

    layer: int
    text = N_("layer {layer} multiplies its old memory C with weights, beside H")


class ReadsLayerBeside(Fact, frozen=True):
    """A layer reads two layers."""

    layer: int
    text = N_("layer {layer} reads another layer beside the one below")


class NewForOld(Fact, frozen=True):
    """A layer's recurrent weights multiply the new state below."""

    layer: int
    text = N_("layer {layer} multiplies the new state below where its own old state belongs")


class OutputReadsLayers(Fact, frozen=True):
    """The output layer reads several layers."""

    layers: tuple[int, ...]
    text = N_("the output layer reads layers {layers}")


class OutputReadsInput(Fact, frozen=True):
    """The output layer reads the input."""

    text = N_("the output layer reads the network's input")


class OutputReadsLower(Fact, frozen=True):
    """The output layer reads another layer than the last."""

    layer: int
    of: int
    text = N_("the output layer reads layer {layer} of {of}")


class OutputPassesOver(Fact, frozen=True):
    """The last layer counts for nothing, since the output layer reads another."""

    read: int
    idle: int
    text = N_("the output layer reads layer {read}; layer {idle} influences no output")


class TakesOthersState(Fact, frozen=True):
    """A layer starts from another's old state."""

    layer: int
    owner: int
    text = N_("layer {layer} takes the old state of layer {owner} as its own")


class ResetBefore(Fact, frozen=True):
    """The book's reset gate, where the exercise asks for the other."""

    layer: int
    text = N_("layer {layer} applies the reset gate before the recurrent product")


class ResetAfter(Fact, frozen=True):
    """torch's reset gate, where the exercise asks for the book's."""

    layer: int
    text = N_("layer {layer} applies the reset gate after the recurrent product")


class NeverUsed(Fact, frozen=True):
    """A gate that is computed and read by nobody."""


class GateNeverUsed(NeverUsed, frozen=True):
    """A gate in whose place another one stands; both by the learner's names."""

    unread: str
    other: str
    text = N_("your {unread} is computed and never used; {other} is used in its place")


class GateCalled(Fact, frozen=True):
    """What the learner calls a gate."""

    own: str
    gate: Phrase
    text = N_("your {own} is the {gate} gate")


class WithGates(Fact, frozen=True):
    """A fact, and what its gates are called."""

    what: Fact
    gates: Commas
    text = "{what} ({gates})"


class OutputLayer(Fact, frozen=True):
    """Who uses a weight."""

    text = N_("the output layer")


class Layer(Fact, frozen=True):
    """Who uses a weight."""

    layer: int
    text = N_("layer {layer}")


class GateOf(Fact, frozen=True):
    """Who uses a weight."""

    gate: Phrase
    layer: int
    text = N_("the {gate} gate of layer {layer}")


class WeightTaken(Fact, frozen=True):
    """A weight that two sums use."""

    taker: Fact
    path: TensorPath
    weight: str
    owned: str
    owner: Fact
    text = N_("{taker} takes {path} as its {weight}, which by its other use is {owned} of {owner}")


class InputForState(Fact, frozen=True):
    """A weight for the old state multiplies the layer below."""

    who: Fact
    path: TensorPath
    text = N_("{who} multiplies the layer below by {path} where its own old state belongs")


class StateForInput(Fact, frozen=True):
    """A weight for the input multiplies the layer's own state."""

    who: Fact
    path: TensorPath
    text = N_("{who} multiplies its own old state by {path} where the layer below belongs")


class OutputsNotOfLast(Fact, frozen=True):
    """All layers are known, but not what the outputs are made of."""

    text = N_("all layers are recognised, but the outputs are not computed from the last one's H")


class Unrecognised(Fact, frozen=True):
    """The first layer fits no equation."""

    asked: Fact
    quantity: Phrase
    text = N_(
        "layer 1 reads its inputs, but none of the known equations of {asked} fits it: look at the "
        "lines that compute its {quantity}"
    )


class UnrecognisedFrom(Fact, frozen=True):
    """A layer above known ones fits no equation."""

    known: Fact
    layer: int
    asked: Fact
    quantity: Phrase
    text = N_(
        "{known}; from layer {layer} on none of the known equations of {asked} gives the numbers: "
        "look at the lines that compute its {quantity}"
    )


class LayerIs(Fact, frozen=True):
    """What a layer is."""

    layer: int
    kind: Fact
    text = N_("layer {layer} is {kind}")


class LayersAre(Fact, frozen=True):
    """What several layers are."""

    last: int
    kind: Fact
    text = N_("layers 1 to {last} are each {kind}")


class Several(Fact, frozen=True):
    """Facts that are told together."""

    facts: tuple[Fact, ...]
    text = "{facts}"


class RowsSumToOne(Fact, frozen=True):
    """Outputs are probabilities."""

    text = N_("each row of outputs sums to 1, as after a softmax")


class ExponentialsSumToOne(Fact, frozen=True):
    """Outputs are logarithms of probabilities."""

    text = N_("the exponentials of each row of outputs sum to 1, as after a log-softmax")


class SequencesMix(Fact, frozen=True):
    """One sequence reaches another's outputs."""

    text = N_("changing one sequence changes the outputs of another")


class LaterInput(Fact, frozen=True):
    """The last input reaches earlier outputs."""

    text = N_("changing the last input changes earlier outputs")


class LaterInputs(Fact, frozen=True):
    """The last inputs reach earlier outputs."""

    count: int
    text = N_("changing the last {count} inputs changes earlier outputs")


class OutputDiffers(Fact, frozen=True):
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


class NoReading(Fact, frozen=True):
    """No roles of the parameters make the network that is asked for."""

    what: Fact
    cells: Commas
    known: Fact
    text = N_(
        "no way of reading your parameters makes the {what} that of the network asked for "
        "({cells}). {known}"
    )


class Output(Fact, frozen=True):
    """What is compared."""

    text = N_("output")


class NewState(Fact, frozen=True):
    """What is compared."""

    text = N_("new state")


class FirstUnknown(Fact, frozen=True):
    """No layer is known."""

    text = N_("Already layer 1 is not recognised as an RNN, GRU or LSTM layer.")


class KnownFromBelow(Fact, frozen=True):
    """The layers that are known."""

    cells: Commas
    text = N_("Recognised from below: {cells}.")
