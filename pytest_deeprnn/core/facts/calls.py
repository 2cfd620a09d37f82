"""Facts about calls: what they raise, return, change, and on which device and in which numbers."""

from __future__ import annotations

from pytest_deeprnn.core.catalogue import N_
from pytest_deeprnn.core.facts.fact import Commas, Fact, TensorPath


class NotLoaded(Fact, frozen=True):
    """The file does not load."""

    why: Fact
    text = N_("The file does not load: {why}")


class NoFunctions(Fact, frozen=True):
    """Names that should be functions."""

    names: Commas
    text = N_("{names} is no function once the file has been run")


class NotCallable(Fact, frozen=True):
    """Names that cannot be called."""

    names: Commas
    text = N_("{names} cannot be called")


class AsksForMore(Fact, frozen=True):
    """A function takes what the exercise does not give."""

    function: str
    names: Commas
    text = N_("{function} asks for {names}, which the exercise does not give")


class Raises(Fact, frozen=True):
    """A function raises; `raised` is the exception as Python says it."""

    function: str
    raised: str
    text = N_("{function} raises {raised}")


class RaisesThere(Fact, frozen=True):
    """What is raised, with its line."""

    what: Fact
    line: str
    function: str
    text = N_("{what} ({line}, in {function})")


class LoadingRaises(Fact, frozen=True):
    """The file raises as it is loaded."""

    raised: str
    text = N_("Loading the file raises {raised}")


class LoadingCalls(Fact, frozen=True):
    """A function of torch that a worker refuses, at module level."""

    refused: str
    text = N_("Loading the file calls {refused}")


class WithAllowed(Fact, frozen=True):
    """An import that failed; `allowed` says what may be imported, or nothing."""

    what: Fact
    allowed: str
    text = "{what}{allowed}"


class CallsRefused(Fact, frozen=True):
    """A function of torch that a worker refuses."""

    function: str
    refused: str
    text = N_("{function} calls {refused}")


class FollowsFrom(Fact, frozen=True):
    """An exception that comes of a statement which could not run."""

    failure: str
    so: Fact
    text = N_("{failure}; so {so}")


class RaisesBecause(Fact, frozen=True):
    """An exception with what was found about it."""

    function: str
    raised: str
    why: Fact
    text = N_("{function} raises {raised}; {why}")


class RaisesWithSizes(Fact, frozen=True):
    """A case that raises while others run."""

    function: str
    raised: str
    sizes: Commas
    text = N_("{function} raises {raised} with {sizes}, while other sizes work")


class RaisesAfterOthers(Fact, frozen=True):
    """A case that raises only after others."""

    function: str
    raised: str
    text = N_("{function} raises {raised} after calls with other sizes, but not before them")


class OutputsOfShape(Fact, frozen=True):
    """Outputs have another shape."""

    shapes: tuple[str, ...]
    wanted: str
    steps: int
    batch: int
    vocab: int
    text = N_(
        "the outputs have shape {shapes} where (T·B, V) = {wanted} was asked for (T = {steps}, "
        "B = {batch}, V = {vocab})"
    )


class OutputsWithoutTensor(OutputsOfShape, frozen=True):
    """Outputs hold no tensor."""

    text = N_(
        "the outputs have no tensor in them where (T·B, V) = {wanted} was asked for (T = {steps}, "
        "B = {batch}, V = {vocab})"
    )


class OutputsOfArrays(OutputsOfShape, frozen=True):
    """Outputs are numpy's arrays."""

    text = N_(
        "the outputs have numpy arrays in them where (T·B, V) = {wanted} was asked for "
        "(T = {steps}, B = {batch}, V = {vocab})"
    )


class DrawsAtRandom(Fact, frozen=True):
    """Two equal calls differ by what they draw."""

    generator: str
    text = N_(
        "forward draws random numbers from {generator}: two equal calls give different outputs"
    )


class DoesNotRepeat(Fact, frozen=True):
    """Two equal calls differ."""

    text = N_("the same call of forward, made again, gives different numbers")


class DiffersAtOnce(DoesNotRepeat, frozen=True):
    """Two equal calls, one after the other, differ."""

    text = N_("the same call of forward, made twice, gives different numbers")


class InfiniteNumbers(Fact, frozen=True):
    """Numbers grow beyond all bounds."""

    text = N_("forward computes infinite values or NaN from moderate numbers")


class TooMuchState(Fact, frozen=True):
    """A state that does not follow the sizes."""

    numbers: int
    hiddens: str
    text = N_("init_state makes {numbers} numbers for B = 1 and H = {hiddens}")


class TooManyTensors(Fact, frozen=True):
    """More tensors than any network has."""

    function: str
    count: int
    text = N_("{function} makes {count} tensors")


class TooManyWeights(Fact, frozen=True):
    """Weights that do not follow the sizes."""

    numbers: int
    vocab: int
    hiddens: str
    text = N_("get_params makes {numbers} numbers for V = {vocab} and H = {hiddens}")


class TooManyResults(Fact, frozen=True):
    """Results that do not follow the sizes."""

    numbers: int
    text = N_("forward gives {numbers} numbers for B = 1 and T = 1")


class ShapesVary(Fact, frozen=True):
    """Equal sizes, other shapes."""

    text = N_("forward gives other shapes from one call to the next")


class TakesTooLong(Fact, frozen=True):
    """The roles of parameters are not found in time."""

    text = N_("what forward does with its parameters cannot be told apart in time")


class Remembers(Fact, frozen=True):
    """A second call with the same params is another."""

    again: str
    text = N_("forward {again} when called again with the same params object")


class RemembersIn(Fact, frozen=True):
    """The same, and where the tensors are kept."""

    again: str
    places: tuple[str, ...]
    text = N_(
        "forward {again} when called again with the same params object: it keeps tensors in "
        "{places}"
    )


class ChangesArguments(Fact, frozen=True):
    """Arguments that are written into."""

    names: tuple[str, ...]
    text = N_("forward changes its caller's {names} in place")


class ChangesSettings(Fact, frozen=True):
    """What all code shares is set."""

    settings: tuple[str, ...]
    text = N_("forward changes {settings}, which other code shares")


class ChangesGenerator(ChangesSettings, frozen=True):
    """A random generator that all code shares is used, or set."""


class OldTensorsDiffer(Fact, frozen=True):
    """A call with tensors that were used before is another."""

    text = N_("forward gives other numbers for the tensors that it was called with before")


class MadeElsewhere(Fact, frozen=True):
    """A tensor made on another device."""

    function: str
    path: TensorPath
    device: str
    text = N_("{function} makes {path} on the {device}, not on the device that is asked for")


class OutputsElsewhere(Fact, frozen=True):
    """Outputs on another device."""

    device: str
    text = N_("forward returns outputs on the {device}, not where its inputs are")


class StateElsewhere(Fact, frozen=True):
    """A state on another device."""

    device: str
    text = N_("forward returns a state on the {device}, not where its inputs are")


class Moved(Fact, frozen=True):
    """A parameter that is a leaf on the CPU alone."""

    path: TensorPath
    text = N_(
        "{path} is made on the CPU and moved: on another device it is a copy, no leaf tensor, and "
        "an optimiser cannot update it"
    )


class OneDevice(Fact, frozen=True):
    """Two devices meet."""

    function: str
    raised: str
    text = N_("{function} works on one device only: {raised}")


class OneDeviceThere(Fact, frozen=True):
    """Two devices meet, and where."""

    function: str
    raised: str
    line: str
    text = N_("{function} works on one device only: {raised} ({line})")


class Reaches(Fact, frozen=True):
    """A name that reaches past a calculation."""

    line: str
    name: str
    text = N_("{line} names {name}")


class ReachesPast(Fact, frozen=True):
    """The same, in full."""

    line: str
    name: str
    text = N_("{line} names {name}, which reaches past a calculation")


class BooksNetwork(Fact, frozen=True):
    """The book's own network is taken."""

    name: str
    text = N_("the submission takes d2l.{name}, the book's own network")


class BooksNetworkThere(Fact, frozen=True):
    """The same, with its line."""

    line: str
    name: str
    text = N_("{line} takes d2l.{name}, the book's own network")


class TorchsRecurrence(Fact, frozen=True):
    """torch's own recurrence is taken."""

    operator: str
    text = N_("forward hands its recurrence to torch's own {operator}")


class TorchsRecurrenceThere(Fact, frozen=True):
    """The same, with its line."""

    operator: str
    line: str
    function: str
    text = N_("forward hands its recurrence to torch's own {operator} ({line}, in {function})")


class BackwardRaises(Fact, frozen=True):
    """The backward pass raises."""

    raised: str
    text = N_("the backward pass raises {raised}")


class GradientsDoNotFit(Fact, frozen=True):
    """Gradients of other shapes."""

    text = N_("the gradients that come back do not fit the parameters")


class NoGradient(Fact, frozen=True):
    """A parameter without a gradient."""

    path: TensorPath
    text = N_("no gradient reaches {path}")


class GradientsOff(Fact, frozen=True):
    """The same, because gradients are turned off."""

    path: TensorPath
    text = N_("no gradient reaches {path}: the gradients of the whole program are turned off")


class GradientDiffers(Fact, frozen=True):
    """A gradient is another one."""

    path: TensorPath
    got: float
    expected: float
    index: str
    text = N_("the gradient of {path} is {got} where {expected} is expected, at index {index}")


class SixteenBits(Fact, frozen=True):
    """A tensor of 16 bits."""

    path: TensorPath
    dtype: str
    text = N_("{path} is made as {dtype}, where float32 is usual")


class AlwaysFloat64(Fact, frozen=True):
    """A tensor of float64 that meets inputs of float32."""

    path: TensorPath
    function: str
    raised: str
    text = N_(
        "{path} is float64 whatever the inputs are, and with inputs of float32 {function} raises "
        "{raised}"
    )


class Float32Raises(Fact, frozen=True):
    """Only float64 works."""

    function: str
    raised: str
    text = N_("with numbers of float32 {function} raises {raised}, while float64 works")


class RoundsTo16Bits(Fact, frozen=True):
    """Rounding alone parts the numbers."""

    text = N_(
        "some operations round to 16 bits: with float64 in their place forward gives the right "
        "numbers"
    )


class LoadingHangs(Fact, frozen=True):
    """Loading does not end."""

    why: str
    text = N_("Loading the file did not end: {why}")


class CallHangs(Fact, frozen=True):
    """A call does not end."""

    function: str
    why: str
    text = N_("A call of {function} did not end: {why}")


class LoadingEnds(Fact, frozen=True):
    """Loading ends the process; `how` is empty or in parentheses."""

    how: str
    text = N_("Loading the file ended the process{how} instead of returning")


class CallEnds(Fact, frozen=True):
    """A call ends the process; `how` is empty or in parentheses."""

    function: str
    how: str
    text = N_("A call of {function} ended the process{how} instead of returning")


class LoadingGarbles(Fact, frozen=True):
    """Loading gives no answer."""

    why: str
    text = N_("Loading the file gave an answer that is none: {why}")


class CallGarbles(Fact, frozen=True):
    """A call gives no answer."""

    function: str
    why: str
    text = N_("A call of {function} gave an answer that is none: {why}")


class AndMore(Fact, frozen=True):
    """The first of several facts."""

    first: Fact
    more: int
    text = N_("{first} (and {more} more)")
