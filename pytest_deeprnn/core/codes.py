"""All root causes: what each says to the learner, and the hint that leads to the repair."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """A code's message, which a measured detail follows, and its hint."""

    message: str
    hint: str


#: In the order in which causes come before their consequences.
TEXTS: dict[str, Text] = {
    "unreadable-file": Text(
        "The file cannot be read.",
        "Hand in the code itself: a .py file as your editor saves it, or the notebook (.ipynb).",
    ),
    "newer-python": Text(
        "The file needs a newer Python than the one that grades.",
        "Write the named line as older versions of Python read it too.",
    ),
    "import-error": Text(
        "The file does not load.",
        "Run the file by itself with Python first; what stands at the named line must work.",
    ),
    "missing-function": Text(
        "A function of the contract is missing.",
        "Define get_params, init_state and forward at the top level of the file.",
    ),
    "wrong-signature": Text(
        "A function cannot be called with the exercise's arguments.",
        "Compare the arguments with the statement: sizes and device come in, nothing else.",
    ),
    "timeout": Text(
        "A call does not end.",
        "Look for a loop whose condition never becomes false, or for waiting on something.",
    ),
    "forbidden-api": Text(
        "The recurrence is taken ready-made instead of written out.",
        "Write the equations of the cell yourself, one line each.",
    ),
    "reaches-outside": Text(
        "The code reaches past its calculation, into the interpreter, torch or the grader.",
        "Three functions that compute from their arguments need nothing of it: take it out.",
    ),
    "state-global": Text(
        "State lives outside the arguments and leaks from call to call.",
        "All that forward remembers comes in through state and goes out as new state.",
    ),
    "layer-count": Text(
        "The network has another number of layers than asked for.",
        "Follow num_layers through get_params: how often does each part of it run?",
    ),
    "state-shape": Text(
        "A state tensor has the wrong shape.",
        "A state holds one row for each sequence of the batch: (B, H).",
    ),
    "hardcoded-shape": Text(
        "The code works for one size only.",
        "Look for a number that should be batch_size, vocab_size, num_hiddens or a shape.",
    ),
    "hardcoded-device": Text(
        "Tensors are made on a fixed device.",
        "Every tensor that you make must be made on the device that is asked for.",
    ),
    "precision": Text(
        "Numbers are rounded to less than float32, or are of a type of their own.",
        "Let every tensor have torch's default type: no dtype of your own, no half, no autocast.",
    ),
    "batch-mixing": Text(
        "One sequence of the batch influences another.",
        "Look for a sum, mean, softmax or reshape over the axis of the batch.",
    ),
    "not-causal": Text(
        "An output depends on later inputs.",
        "Step t may use the inputs up to t only: in which order does the loop run?",
    ),
    "shared-state": Text(
        "Two layers read or write one and the same hidden state.",
        "Each layer has a state of its own: count the tensors of init_state and the names that "
        "forward takes out of state.",
    ),
    "state-aliased": Text(
        "init_state returns one tensor object for several states.",
        "[x] * n holds the same x n times; make a tensor for each layer.",
    ),
    "output-wrong-layer": Text(
        "The output layer reads a hidden layer other than the last.",
        "Which H stands in the line that computes the output?",
    ),
    "wrong-layer-input": Text(
        "An upper layer reads something other than the layer below.",
        "Layer l reads the new hidden state of layer l - 1; look at what you multiply with its "
        "input weights.",
    ),
    "stale-layer-input": Text(
        "An upper layer reads the layer below as it was one step earlier.",
        "Within a step, go from the lowest layer upwards, and use each layer's new state.",
    ),
    "wrong-recurrence": Text(
        "A layer takes another layer's state as its own previous state.",
        "Look at what you multiply with the recurrent weights of each layer.",
    ),
    "unused-layer": Text(
        "A whole hidden layer influences nothing that is returned as output.",
        "Follow each layer's hidden state through forward: who reads it?",
    ),
    "wrong-cell": Text(
        "A layer is another kind of cell than asked for.",
        "Compare the layer with the equations in the statement.",
    ),
    "wrong-activation": Text(
        "An activation function is missing or is another one.",
        "Which function squashes the hidden state in the book's equation?",
    ),
    "output-activation": Text(
        "A function is applied to the output logits.",
        "Outputs are logits: the loss function applies the softmax.",
    ),
    "gate-missing": Text(
        "A gate is computed but not applied, or not computed at all.",
        "Look for a gate's name that no later line uses.",
    ),
    "gate-swapped": Text(
        "Two gates, or a gate and its complement, stand in each other's place.",
        "Compare, letter by letter, the line that combines the gates with the book's equation.",
    ),
    "wrong-weight": Text(
        "A gate uses a weight or bias that belongs to another.",
        "Read the subscripts of the weights in each gate's line.",
    ),
    "no-recurrence": Text(
        "A layer ignores its own previous state.",
        "Each layer's new state depends on its old one: find the product that does it.",
    ),
    "missing-term": Text(
        "A term of an equation is left out.",
        "Each gate sums three terms: input, recurrent and bias.",
    ),
    "cell-update": Text(
        "The new state is combined from its parts in a wrong way.",
        "Write the state's update from the statement beside yours and compare factor by factor.",
    ),
    "extra-connection": Text(
        "There is a path that the architecture does not have.",
        "Look for a sum or concatenation that the statement's equations do not show.",
    ),
    "params-no-grad": Text(
        "Parameters do not require gradients.",
        "Without requires_grad training changes nothing; switch it on for each parameter.",
    ),
    "params-not-leaf": Text(
        "Parameters are results of computations, not leaf tensors.",
        "An optimiser updates leaf tensors only: set requires_grad after the last computation.",
    ),
    "params-shared": Text(
        "Two roles share one tensor, or its memory.",
        "Make a tensor for each weight: a name used twice, [w] * n, or cuts of one buffer that "
        "overlap are one.",
    ),
    "params-missing": Text(
        "A weight or bias that the architecture needs does not exist.",
        "List the weights of the statement's equations beside those of get_params.",
    ),
    "params-shape": Text(
        "A parameter has a shape that cannot serve.",
        "A weight's shape is (what comes in, what goes out).",
    ),
    "state-init": Text(
        "The initial state is not zero.",
        "The first step has seen nothing yet: what should its state hold?",
    ),
    "state-order": Text(
        "The state is given back in another order than it is taken.",
        "Compare the line that takes the state apart with the one that returns it.",
    ),
    "state-not-returned": Text(
        "The state given back is the old one, or none.",
        "What forward returns as state is where the next call starts.",
    ),
    "state-incomplete": Text(
        "The state lacks some layer's part.",
        "Each layer's state must be made by init_state and returned by forward.",
    ),
    "state-detached": Text(
        "Gradients are cut between time steps or layers.",
        "Look for detach, no_grad, .data or a conversion inside forward.",
    ),
    "output-shape": Text(
        "Outputs have another shape, or steps are missing.",
        "One row of V logits for each step and sequence: (T·B, V).",
    ),
    "output-order": Text(
        "Outputs are right but their rows are in another order.",
        "All rows of the first step come first, then those of the second.",
    ),
    "output-before-update": Text(
        "The output of a step is computed from the state before that step.",
        "Within a step, first update the state, then compute the output from the new one.",
    ),
    "state-mutated": Text(
        "The caller's state, inputs or parameters are changed in place.",
        "Look for +=, [...] = and functions whose name ends with an underscore.",
    ),
    "init-constant": Text(
        "Weights start all equal, so that units never differ.",
        "Draw weights at random; only biases may start at zero.",
    ),
    "init-scale": Text(
        "Weights start at a scale far off the exercise's.",
        "The book draws weights from a normal distribution with a standard deviation of 0.01.",
    ),
    "unused-parameter": Text(
        "A parameter influences nothing.",
        "Look for its name in forward; does the result of that line go anywhere?",
    ),
    "crash": Text(
        "A call raises an exception.",
        "Read the last line of your own code in the traceback; print the shapes of what it uses.",
    ),
}
ORDER = {code: number for number, code in enumerate(TEXTS)}
