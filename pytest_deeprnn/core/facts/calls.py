"""Facts about calls: what they raise, return, change, and on which device and in which numbers."""

from __future__ import annotations

from dataclasses import dataclass

from pytest_deeprnn.core.catalogue import N_
from pytest_deeprnn.core.facts.fact import Commas, Fact, TensorPath


@dataclass(frozen=True)
class NotLoaded(Fact):
    """The file does not load."""

    why: Fact
    text = N_("The file does not load: {why}")


@dataclass(frozen=True)
class NoFunctions(Fact):
    """Names that should be functions."""

    names: Commas
    text = N_("{names} is no function once the file has been run")


@dataclass(frozen=True)
class NotCallable(Fact):
    """Names that cannot be called."""

    names: Commas
    text = N_("{names} cannot be called")


@dataclass(frozen=True)
class AsksForMore(Fact):
    """A function takes what the exercise does not give."""

    function: str
    names: Commas
    text = N_("{function} asks for {names}, which the exercise does not give")


@dataclass(frozen=True)
class Raises(Fact):
    """A function raises; `raised` is the exception as Python says it."""

    function: str
    raised: str
    text = N_("{function} raises {raised}")


@dataclass(frozen=True)
class RaisesThere(Fact):
    """What is raised, with its line."""

    what: Fact
    line: str
    function: str
    text = N_("{what} ({line}, in {function})")


@dataclass(frozen=True)
class LoadingRaises(Fact):
    """The file raises as it is loaded."""

    raised: str
    text = N_("Loading the file raises {raised}")


@dataclass(frozen=True)
class LoadingCalls(Fact):
    """A function of torch that a worker refuses, at module level."""

    refused: str
    text = N_("Loading the file calls {refused}")


@dataclass(frozen=True)
class WithAllowed(Fact):
    """An import that failed; `allowed` says what may be imported, or nothing."""

    what: Fact
    allowed: str
    text = "{what}{allowed}"


@dataclass(frozen=True)
class CallsRefused(Fact):
    """A function of torch that a worker refuses."""

    function: str
    refused: str
    text = N_("{function} calls {refused}")


@dataclass(frozen=True)
class FollowsFrom(Fact):
    """An exception that comes of a statement which could not run."""

    failure: str
    so: Fact
    text = N_("{failure}; so {so}")


@dataclass(frozen=True)
class RaisesBecause(Fact):
    """An exception with what was found about it."""

    function: str
    raised: str
    why: Fact
    text = N_("{function} raises {raised}; {why}")


@dataclass(frozen=True)
class RaisesWithSizes(Fact):
    """A case that raises while others run."""

    function: str
    raised: str
    sizes: Commas
    text = N_("{function} raises {raised} with {sizes}, while other sizes work")


@dataclass(frozen=True)
class RaisesAfterOthers(Fact):
    """A case that raises only after others."""

    function: str
    raised: str
    text = N_("{function} raises {raised} after calls with other sizes, but not before them")


@dataclass(frozen=True)
class OutputsOfShape(Fact):
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


@dataclass(frozen=True)
class OutputsWithoutTensor(OutputsOfShape):
    """Outputs hold no tensor."""

    text = N_(
        "the outputs have no tensor in them where (T·B, V) = {wanted} was asked for (T = {steps}, "
        "B = {batch}, V = {vocab})"
    )


@dataclass(frozen=True)
class OutputsOfArrays(OutputsOfShape):
    """Outputs are numpy's arrays."""

    text = N_(
        "the outputs have numpy arrays in them where (T·B, V) = {wanted} was asked for "
        "(T = {steps}, B = {batch}, V = {vocab})"
    )


@dataclass(frozen=True)
class DrawsAtRandom(Fact):
    """Two equal calls differ by what they draw."""

    generator: str
    text = N_(
        "forward draws random numbers from {generator}: two equal calls give different outputs"
    )


@dataclass(frozen=True)
class DoesNotRepeat(Fact):
    """Two equal calls differ."""

    text = N_("the same call of forward, made again, gives different numbers")


@dataclass(frozen=True)
class DiffersAtOnce(DoesNotRepeat):
    """Two equal calls, one after the other, differ."""

    text = N_("the same call of forward, made twice, gives different numbers")


@dataclass(frozen=True)
class InfiniteNumbers(Fact):
    """Numbers grow beyond all bounds."""

    text = N_("forward computes infinite values or NaN from moderate numbers")


@dataclass(frozen=True)
class TooMuchState(Fact):
    """A state that does not follow the sizes."""

    numbers: int
    hiddens: str
    text = N_("init_state makes {numbers} numbers for B = 1 and H = {hiddens}")


@dataclass(frozen=True)
class TooManyTensors(Fact):
    """More tensors than any network has."""

    function: str
    count: int
    text = N_("{function} makes {count} tensors")


@dataclass(frozen=True)
class TooManyWeights(Fact):
    """Weights that do not follow the sizes."""

    numbers: int
    vocab: int
    hiddens: str
    text = N_("get_params makes {numbers} numbers for V = {vocab} and H = {hiddens}")


@dataclass(frozen=True)
class TooManyResults(Fact):
    """Results that do not follow the sizes."""

    numbers: int
    text = N_("forward gives {numbers} numbers for B = 1 and T = 1")


@dataclass(frozen=True)
class ShapesVary(Fact):
    """Equal sizes, other shapes."""

    text = N_("forward gives other shapes from one call to the next")


@dataclass(frozen=True)
class TakesTooLong(Fact):
    """The roles of parameters are not found in time."""

    text = N_("what forward does with its parameters cannot be told apart in time")


@dataclass(frozen=True)
class Remembers(Fact):
    """A second call with the same params is another."""

    again: str
    text = N_("forward {again} when called again with the same params object")


@dataclass(frozen=True)
class RemembersIn(Fact):
    """The same, and where the tensors are kept."""

    again: str
    places: tuple[str, ...]
    text = N_(
        "forward {again} when called again with the same params object: it keeps tensors in "
        "{places}"
    )


@dataclass(frozen=True)
class ChangesArguments(Fact):
    """Arguments that are written into."""

    names: tuple[str, ...]
    text = N_("forward changes its caller's {names} in place")


@dataclass(frozen=True)
class ChangesSettings(Fact):
    """What all code shares is set."""

    settings: tuple[str, ...]
    text = N_("forward changes {settings}, which other code shares")


@dataclass(frozen=True)
class ChangesGenerator(ChangesSettings):
    """A random generator that all code shares is used, or set."""


@dataclass(frozen=True)
class OldTensorsDiffer(Fact):
    """A call with tensors that were used before is another."""

    text = N_("forward gives other numbers for the tensors that it was called with before")


@dataclass(frozen=True)
class MadeElsewhere(Fact):
    """A tensor made on another device."""

    function: str
    path: TensorPath
    device: str
    text = N_("{function} makes {path} on the {device}, not on the device that is asked for")


@dataclass(frozen=True)
class OutputsElsewhere(Fact):
    """Outputs on another device."""

    device: str
    text = N_("forward returns outputs on the {device}, not where its inputs are")


@dataclass(frozen=True)
class StateElsewhere(Fact):
    """A state on another device."""

    device: str
    text = N_("forward returns a state on the {device}, not where its inputs are")


@dataclass(frozen=True)
class Moved(Fact):
    """A parameter that is a leaf on the CPU alone."""

    path: TensorPath
    text = N_(
        "{path} is made on the CPU and moved: on another device it is a copy, no leaf tensor, and "
        "an optimiser cannot update it"
    )


@dataclass(frozen=True)
class OneDevice(Fact):
    """Two devices meet."""

    function: str
    raised: str
    text = N_("{function} works on one device only: {raised}")


@dataclass(frozen=True)
class OneDeviceThere(Fact):
    """Two devices meet, and where."""

    function: str
    raised: str
    line: str
    text = N_("{function} works on one device only: {raised} ({line})")


@dataclass(frozen=True)
class Reaches(Fact):
    """A name that reaches past a calculation."""

    line: str
    name: str
    text = N_("{line} names {name}")


@dataclass(frozen=True)
class ReachesPast(Fact):
    """The same, in full."""

    line: str
    name: str
    text = N_("{line} names {name}, which reaches past a calculation")


@dataclass(frozen=True)
class BooksNetwork(Fact):
    """The book's own network is taken."""

    name: str
    text = N_("the submission takes d2l.{name}, the book's own network")


@dataclass(frozen=True)
class BooksNetworkThere(Fact):
    """The same, with its line."""

    line: str
    name: str
    text = N_("{line} takes d2l.{name}, the book's own network")


@dataclass(frozen=True)
class TorchsRecurrence(Fact):
    """torch's own recurrence is taken."""

    operator: str
    text = N_("forward hands its recurrence to torch's own {operator}")


@dataclass(frozen=True)
class TorchsRecurrenceThere(Fact):
    """The same, with its line."""

    operator: str
    line: str
    function: str
    text = N_("forward hands its recurrence to torch's own {operator} ({line}, in {function})")


@dataclass(frozen=True)
class BackwardRaises(Fact):
    """The backward pass raises."""

    raised: str
    text = N_("the backward pass raises {raised}")


@dataclass(frozen=True)
class GradientsDoNotFit(Fact):
    """Gradients of other shapes."""

    text = N_("the gradients that come back do not fit the parameters")


@dataclass(frozen=True)
class NoGradient(Fact):
    """A parameter without a gradient."""

    path: TensorPath
    text = N_("no gradient reaches {path}")


@dataclass(frozen=True)
class GradientsOff(Fact):
    """The same, because gradients are turned off."""

    path: TensorPath
    text = N_("no gradient reaches {path}: the gradients of the whole program are turned off")


@dataclass(frozen=True)
class GradientDiffers(Fact):
    """A gradient is another one."""

    path: TensorPath
    got: float
    expected: float
    index: str
    text = N_("the gradient of {path} is {got} where {expected} is expected, at index {index}")


@dataclass(frozen=True)
class SixteenBits(Fact):
    """A tensor of 16 bits."""

    path: TensorPath
    dtype: str
    text = N_("{path} is made as {dtype}, where float32 is usual")


@dataclass(frozen=True)
class AlwaysFloat64(Fact):
    """A tensor of float64 that meets inputs of float32."""

    path: TensorPath
    function: str
    raised: str
    text = N_(
        "{path} is float64 whatever the inputs are, and with inputs of float32 {function} raises "
        "{raised}"
    )


@dataclass(frozen=True)
class Float32Raises(Fact):
    """Only float64 works."""

    function: str
    raised: str
    text = N_("with numbers of float32 {function} raises {raised}, while float64 works")


@dataclass(frozen=True)
class RoundsTo16Bits(Fact):
    """Rounding alone parts the numbers."""

    text = N_(
        "some operations round to 16 bits: with float64 in their place forward gives the right "
        "numbers"
    )


@dataclass(frozen=True)
class LoadingHangs(Fact):
    """Loading does not end."""

    why: str
    text = N_("Loading the file did not end: {why}")


@dataclass(frozen=True)
class CallHangs(Fact):
    """A call does not end."""

    function: str
    why: str
    text = N_("A call of {function} did not end: {why}")


@dataclass(frozen=True)
class LoadingEnds(Fact):
    """Loading ends the process; `how` is empty or in parentheses."""

    how: str
    text = N_("Loading the file ended the process{how} instead of returning")


@dataclass(frozen=True)
class CallEnds(Fact):
    """A call ends the process; `how` is empty or in parentheses."""

    function: str
    how: str
    text = N_("A call of {function} ended the process{how} instead of returning")


@dataclass(frozen=True)
class LoadingGarbles(Fact):
    """Loading gives no answer."""

    why: str
    text = N_("Loading the file gave an answer that is none: {why}")


@dataclass(frozen=True)
class CallGarbles(Fact):
    """A call gives no answer."""

    function: str
    why: str
    text = N_("A call of {function} gave an answer that is none: {why}")


@dataclass(frozen=True)
class AndMore(Fact):
    """The first of several facts."""

    first: Fact
    more: int
    text = N_("{first} (and {more} more)")
