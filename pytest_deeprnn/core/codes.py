"""All root causes: what each says to the learner, and the hint that leads to the repair."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pytest_deeprnn.core.catalogue import N_, SOURCE, translator


@dataclass(frozen=True)
class Text:
    """A code's message, which a measured detail follows, and its hint."""

    message: str
    hint: str

    def in_language(self, lang: str) -> Text:
        """Return it in a language; what the catalogue lacks stays English."""
        translate = translator(lang)
        return Text(translate(self.message), translate(self.hint))


#: In the order in which causes come before their consequences.
TEXTS: dict[str, Text] = {
    "unreadable-file": Text(
        N_("The file cannot be read."),
        N_(
            "Hand in the code itself: a .py file as your editor saves it, or the notebook (.ipynb)."
        ),
    ),
    "newer-python": Text(
        N_("The file needs a newer Python than the one that grades."),
        N_("Write the named line as older versions of Python read it too."),
    ),
    "import-error": Text(
        N_("The file does not load."),
        N_("Run the file by itself with Python first; what stands at the named line must work."),
    ),
    "missing-function": Text(
        N_("A function of the contract is missing."),
        N_("Define get_params, init_state and forward at the top level of the file."),
    ),
    "wrong-signature": Text(
        N_("A function cannot be called with the exercise's arguments."),
        N_("Compare the arguments with the statement: sizes and device come in, nothing else."),
    ),
    "timeout": Text(
        N_("A call does not end."),
        N_("Look for a loop whose condition never becomes false, or for waiting on something."),
    ),
    "forbidden-api": Text(
        N_("The recurrence is taken ready-made instead of written out."),
        N_("Write the equations of the cell yourself, one line each."),
    ),
    "reaches-outside": Text(
        N_("The code reaches past its calculation, into the interpreter, torch or the grader."),
        N_("Three functions that compute from their arguments need nothing of it: take it out."),
    ),
    "state-global": Text(
        N_("State lives outside the arguments and leaks from call to call."),
        N_("All that forward remembers comes in through state and goes out as new state."),
    ),
    "layer-count": Text(
        N_("The network has another number of layers than asked for."),
        N_("Follow num_layers through get_params: how often does each part of it run?"),
    ),
    "state-shape": Text(
        N_("A state tensor has the wrong shape."),
        N_("A state holds one row for each sequence of the batch: (B, H)."),
    ),
    "hardcoded-shape": Text(
        N_("The code works for one size only."),
        N_("Look for a number that should be batch_size, vocab_size, num_hiddens or a shape."),
    ),
    "hardcoded-device": Text(
        N_("Tensors are made on a fixed device."),
        N_("Every tensor that you make must be made on the device that is asked for."),
    ),
    "precision": Text(
        N_("Numbers are rounded to less than float32, or are of a type of their own."),
        N_(
            "Let every tensor have torch's default type: no dtype of your own, no half, "
            "no autocast."
        ),
    ),
    "batch-mixing": Text(
        N_("One sequence of the batch influences another."),
        N_("Look for a sum, mean, softmax or reshape over the axis of the batch."),
    ),
    "not-causal": Text(
        N_("An output depends on later inputs."),
        N_("Step t may use the inputs up to t only: in which order does the loop run?"),
    ),
    "shared-state": Text(
        N_("Two layers read or write one and the same hidden state."),
        N_(
            "Each layer has a state of its own: count the tensors of init_state and the names that "
            "forward takes out of state."
        ),
    ),
    "state-aliased": Text(
        N_("init_state returns one tensor object for several states."),
        N_("[x] * n holds the same x n times; make a tensor for each layer."),
    ),
    "output-wrong-layer": Text(
        N_("The output layer reads a hidden layer other than the last."),
        N_("Which H stands in the line that computes the output?"),
    ),
    "wrong-layer-input": Text(
        N_("An upper layer reads something other than the layer below."),
        N_(
            "Layer l reads the new hidden state of layer l - 1; look at what you multiply with its "
            "input weights."
        ),
    ),
    "stale-layer-input": Text(
        N_("An upper layer reads the layer below as it was one step earlier."),
        N_("Within a step, go from the lowest layer upwards, and use each layer's new state."),
    ),
    "wrong-recurrence": Text(
        N_("A layer takes another layer's state as its own previous state."),
        N_("Look at what you multiply with the recurrent weights of each layer."),
    ),
    "unused-layer": Text(
        N_("A whole hidden layer influences nothing that is returned as output."),
        N_("Follow each layer's hidden state through forward: who reads it?"),
    ),
    "wrong-cell": Text(
        N_("A layer is another kind of cell than asked for."),
        N_("Compare the layer with the equations in the statement."),
    ),
    "wrong-activation": Text(
        N_("An activation function is missing or is another one."),
        N_("Which function squashes the hidden state in the book's equation?"),
    ),
    "output-activation": Text(
        N_("A function is applied to the output logits."),
        N_("Outputs are logits: the loss function applies the softmax."),
    ),
    "gate-missing": Text(
        N_("A gate is computed but not applied, or not computed at all."),
        N_("Look for a gate's name that no later line uses."),
    ),
    "gate-swapped": Text(
        N_("Two gates, or a gate and its complement, stand in each other's place."),
        N_("Compare, letter by letter, the line that combines the gates with the book's equation."),
    ),
    "wrong-weight": Text(
        N_("A gate uses a weight or bias that belongs to another."),
        N_("Read the subscripts of the weights in each gate's line."),
    ),
    "no-recurrence": Text(
        N_("A layer ignores its own previous state."),
        N_("Each layer's new state depends on its old one: find the product that does it."),
    ),
    "missing-term": Text(
        N_("A term of an equation is left out."),
        N_("Each gate sums three terms: input, recurrent and bias."),
    ),
    "cell-update": Text(
        N_("The new state is combined from its parts in a wrong way."),
        N_(
            "Write the state's update from the statement beside yours and compare factor by factor."
        ),
    ),
    "extra-connection": Text(
        N_("There is a path that the architecture does not have."),
        N_("Look for a sum or concatenation that the statement's equations do not show."),
    ),
    "params-no-grad": Text(
        N_("Parameters do not require gradients."),
        N_("Without requires_grad training changes nothing; switch it on for each parameter."),
    ),
    "params-not-leaf": Text(
        N_("Parameters are results of computations, not leaf tensors."),
        N_("An optimiser updates leaf tensors only: set requires_grad after the last computation."),
    ),
    "params-shared": Text(
        N_("Two roles share one tensor, or its memory."),
        N_(
            "Make a tensor for each weight: a name used twice, [w] * n, or cuts of one buffer that "
            "overlap are one."
        ),
    ),
    "params-missing": Text(
        N_("A weight or bias that the architecture needs does not exist."),
        N_("List the weights of the statement's equations beside those of get_params."),
    ),
    "params-shape": Text(
        N_("A parameter has a shape that cannot serve."),
        N_("A weight's shape is (what comes in, what goes out)."),
    ),
    "state-init": Text(
        N_("The initial state is not zero."),
        N_("The first step has seen nothing yet: what should its state hold?"),
    ),
    "state-order": Text(
        N_("The state is given back in another order than it is taken."),
        N_("Compare the line that takes the state apart with the one that returns it."),
    ),
    "state-not-returned": Text(
        N_("The state given back is the old one, or none."),
        N_("What forward returns as state is where the next call starts."),
    ),
    "state-incomplete": Text(
        N_("The state lacks some layer's part."),
        N_("Each layer's state must be made by init_state and returned by forward."),
    ),
    "state-detached": Text(
        N_("Gradients are cut between time steps or layers."),
        N_("Look for detach, no_grad, .data or a conversion inside forward."),
    ),
    "output-shape": Text(
        N_("Outputs have another shape, or steps are missing."),
        N_("One row of V logits for each step and sequence: (T·B, V)."),
    ),
    "output-order": Text(
        N_("Outputs are right but their rows are in another order."),
        N_("All rows of the first step come first, then those of the second."),
    ),
    "output-before-update": Text(
        N_("The output of a step is computed from the state before that step."),
        N_("Within a step, first update the state, then compute the output from the new one."),
    ),
    "state-mutated": Text(
        N_("The caller's state, inputs or parameters are changed in place."),
        N_("Look for +=, [...] = and functions whose name ends with an underscore."),
    ),
    "init-constant": Text(
        N_("Weights start all equal, so that units never differ."),
        N_("Draw weights at random; only biases may start at zero."),
    ),
    "init-scale": Text(
        N_("Weights start at a scale far off the exercise's."),
        N_("The book draws weights from a normal distribution with a standard deviation of 0.01."),
    ),
    "unused-parameter": Text(
        N_("A parameter influences nothing."),
        N_("Look for its name in forward; does the result of that line go anywhere?"),
    ),
    "crash": Text(
        N_("A call raises an exception."),
        N_(
            "Read the last line of your own code in the traceback; print the shapes of what it "
            "uses."
        ),
    ),
}
ORDER = {code: number for number, code in enumerate(TEXTS)}


@dataclass(frozen=True)
class Code:
    """A root cause of an instructor's own: its name, and what it says in each language.

    `texts` has English, as "en", and whatever other languages there are.
    """

    name: str
    texts: Mapping[str, Text]


#: What hooks add.
_OWN: dict[str, Code] = {}


def register(code: Code) -> None:
    """Let findings name a root cause; it comes behind the packaged ones in a report.

    Raises ValueError for a name that is taken, or where English is missing.
    """
    if code.name in TEXTS and TEXTS[code.name] != code.texts.get(SOURCE):
        raise ValueError(f"there is a root cause {code.name!r} already")
    if SOURCE not in code.texts:
        raise ValueError(f"the root cause {code.name!r} has no text in English")
    TEXTS[code.name] = code.texts[SOURCE]
    ORDER.setdefault(code.name, len(ORDER))
    _OWN[code.name] = code


def told(name: str, lang: str) -> Text:
    """Return what a root cause says in a language, in English where it says nothing there."""
    own = _OWN.get(name)
    if own is not None:
        return own.texts.get(lang, own.texts[SOURCE])
    return TEXTS[name].in_language(lang)
