"""Networks whose layers hang together in another way: what of stack.py is changed.

Layers count from 1.
"""

from __future__ import annotations

from pytest_deeprnn.mutations.mutation import Edit, Mutation


def _in_layer(layer: int, this: str, else_: str) -> str:
    """Something else in one layer; `new` holds the states of the layers below."""
    return f"({this} if len(new) == {layer - 1} else {else_})"


def _reads(code: str, layer: int, what: str, read: str) -> Mutation:
    text = f"layer {layer} reads {what}"
    return Mutation(code, "none", text, (Edit("now", "H", _in_layer(layer, read, "H")),))


def reads_inputs(layer: int) -> Mutation:
    """An upper layer reads the network's input: W_x (V, H)."""
    return _reads("wrong-layer-input", layer, "the network's input", "X")


def reads_lower(layer: int, lower: int) -> Mutation:
    """An upper layer reads one further down."""
    return _reads("wrong-layer-input", layer, f"layer {lower}", f"new[{lower - 1}][0]")


def reads_memory(layer: int) -> Mutation:
    """An upper layer reads the memory C of the layer below."""
    what = "the memory C of the layer below instead of its H"
    return _reads("wrong-layer-input", layer, what, f"new[{layer - 2}][1]")


def reads_old(layer: int) -> Mutation:
    """An upper layer reads the layer below as it was before the step."""
    what = "the layer below as it was one step earlier"
    return _reads("stale-layer-input", layer, what, f"carried[{layer - 2}][0]")


def reads_sum(layer: int, other: int) -> Mutation:
    """An upper layer reads the layer below plus another, 0 for the input: of one width."""
    added = "X" if other == 0 else f"new[{other - 1}][0]"
    what = "the sum of the layer below and another"
    return _reads("extra-connection", layer, what, f"H + {added}")


def takes_state_of(layer: int, owner: int) -> Mutation:
    """A layer starts each step from another layer's old state."""
    taken = _in_layer(layer, f"carried[{owner - 1}]", "old")
    text = f"layers {owner} and {layer} both start from one state"
    return Mutation("shared-state", "none", text, (Edit("now", "old", taken),))


def takes_hidden_of(layer: int, owner: int) -> Mutation:
    """A layer multiplies another layer's old H, beside its own old memory where it has one."""
    taken = _in_layer(layer, f"(carried[{owner - 1}][0], *old[1:])", "old")
    text = f"layer {layer} takes the old H of layer {owner} as its own"
    return Mutation("wrong-recurrence", "none", text, (Edit("now", "old", taken),))


def takes_memory_of(layer: int, owner: int) -> Mutation:
    """A layer takes another layer's old C beside its own old H."""
    taken = _in_layer(layer, f"(old[0], carried[{owner - 1}][1])", "old")
    text = f"layer {layer} takes the old memory C of layer {owner} as its own"
    return Mutation("shared-state", "none", text, (Edit("now", "old", taken),))


def takes_new_below(layer: int) -> Mutation:
    """A layer multiplies the new state of the layer below where its own old one belongs."""
    taken = _in_layer(layer, f"new[{layer - 2}]", "old")
    text = f"layer {layer} multiplies the new state below where its own old state belongs"
    return Mutation("shared-state", "none", text, (Edit("now", "old", taken),))


def forgets(layer: int) -> Mutation:
    """A layer ignores its own old state."""
    nothing = _in_layer(layer, "tuple(torch.zeros_like(part) for part in old)", "old")
    text = f"layer {layer} does not read its old state"
    return Mutation("no-recurrence", "none", text, (Edit("now", "old", nothing),))


#: Every layer goes through one state, from the first layer's to the last one's.
ONE_STATE = Mutation(
    "shared-state",
    "none",
    "all layers read and write one state",
    (Edit("now", "old", "(new[-1] if new else carried[-1 if hiddens else 0])"),),
)
#: The state is not carried from step to step.
STARTS_AGAIN = Mutation(
    "no-recurrence",
    "none",
    "every step starts from the state that forward was given, not from the last step's",
    (Edit("old", "carried", "state"),),
)
#: The new state is lost.
RETURNS_GIVEN = Mutation(
    "state-not-returned",
    "none",
    "forward returns the state that it was given",
    (Edit("return", "carried", "state"),),
)
#: From the second step on each layer starts from another layer's state.
CROSSED = Mutation(
    "wrong-recurrence",
    "none",
    "the layers take each other's states, last for first, from step to step",
    (Edit("old", "carried", "(carried[::-1] if hiddens else carried)"),),
)


def output_reads(layer: int) -> Mutation:
    """The output layer reads a layer other than the last."""
    text = f"the output layer reads layer {layer}"
    return Mutation(
        "output-wrong-layer", "none", text, (Edit("hiddens", "H", f"new[{layer - 1}][0]"),)
    )


def output_reads_memory(layer: int) -> Mutation:
    """The output layer reads the memory C of a layer."""
    text = f"the output layer reads the memory C of layer {layer} instead of its H"
    return Mutation(
        "output-wrong-layer", "none", text, (Edit("hiddens", "H", f"new[{layer - 1}][1]"),)
    )


def output_reads_sum(layers: tuple[int, ...]) -> Mutation:
    """The output layer reads the sum of several layers of one width."""
    added = " + ".join(f"new[{layer - 1}][0]" for layer in layers)
    named = f"{', '.join(map(str, layers[:-1]))} and {layers[-1]}"
    text = f"the output layer reads the sum of layers {named}"
    return Mutation("extra-connection", "none", text, (Edit("hiddens", "H", added),))


#: The output of a step is computed from the last layer's state before that step.
OUTPUT_BEFORE_UPDATE = Mutation(
    "output-before-update",
    "none",
    "the output is computed from the state before the step's update",
    (Edit("hiddens", "H", "old[0]"),),
)
#: Added to the weights instead of to the product, the bias is multiplied with every unit.
BIAS_IN_PRODUCT = Mutation(
    "missing-term",
    "none",
    "the output bias is added inside the product, so H multiplies it",
    (
        Edit(
            "outputs",
            "torch.cat(hiddens) @ network.W_hq + network.b_q",
            "torch.cat(hiddens) @ (network.W_hq + network.b_q)",
        ),
    ),
)


def _outputs(code: str, text: str, change: str) -> Mutation:
    return Mutation(code, "none", text, (Edit("return", "outputs", change),))


_STEPS = "outputs.unflatten(0, (len(hiddens), -1))"
REVERSED_ROWS = _outputs(
    "output-order",
    "the rows of the outputs come last step first",
    f"{_STEPS}.flip(0).flatten(0, 1)",
)
BATCH_MAJOR = _outputs(
    "output-order",
    "the rows of the outputs come sequence by sequence instead of step by step",
    f"{_STEPS}.transpose(0, 1).flatten(0, 1)",
)
LAST_STEP = _outputs("output-shape", "only the last step's outputs come", f"{_STEPS}[-1]")
SOFTMAX = _outputs(
    "output-activation", "the outputs go through a softmax", "torch.softmax(outputs, 1)"
)
LOG_SOFTMAX = _outputs(
    "output-activation", "the outputs go through a log-softmax", "torch.log_softmax(outputs, 1)"
)
BACKWARDS = Mutation(
    "not-causal",
    "none",
    "every layer runs through the inputs from the last step to the first",
    (Edit("X", "inputs", "inputs.flip(0)"),),
)
