"""What crosses the trust boundary: plain data and raw tensor bytes, never objects.

Requests go from the trusted side to the worker, replies come back. Every reply is decoded
against these types and their bounds, so a worker can say something wrong but nothing of another
kind or without end; whether a reply fits what was asked, `answers` looks at.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from pytest_deeprnn.core.function_roles import FunctionRole as FunctionRole
from pytest_deeprnn.sandbox.protocol import limits
from pytest_deeprnn.sandbox.protocol.limits import (
    Axis,
    Count,
    Line,
    Name,
    Names,
    Output,
    Shape,
    Text,
)


class Message(msgspec.Struct, frozen=True, kw_only=True, tag_field="message_type", tag=True):
    """Base of all messages; the tag is the class name."""


# ── arguments ────────────────────────────────────────────────────────────────────────────


class Number(Message, frozen=True):
    """A number as an argument: a size, a number of layers, the scale of weights."""

    value: int | float


class Widths(Message, frozen=True):
    """A list of integers: one width a layer."""

    value: tuple[int, ...]


class Device(Message, frozen=True):
    """A torch.device argument."""

    name: str


class Given(Message, frozen=True):
    """The inputs, the state or the parameters of a forward call; or one `part` of them, from 0."""

    what: Literal["inputs", "state", "params"]
    part: int | None = None


class Named(Message, frozen=True):
    """What the submission's module holds at a path, such as an object with its sizes."""

    path: Name


Argument = Number | Widths | Device | Given | Named


class Invocation(Message, frozen=True):
    """Which function to call and with which arguments."""

    function: str
    args: tuple[Argument, ...]
    kwargs: dict[str, Argument]


class Array(Message, frozen=True):
    """A tensor's numbers, row-major."""

    shape: Shape
    dtype: Name
    data: bytes


# ── requests ─────────────────────────────────────────────────────────────────────────────


class Unit(Message, frozen=True):
    """A piece of source: a file or a notebook cell, and which of its statements are run.

    `run` holds for each statement its path of indices into nested bodies: (3,) is the fourth
    statement, (3, 0) the first in the body of that one.
    """

    filename: str
    text: str
    run: tuple[tuple[int, ...], ...]


class Helper(Message, frozen=True):
    """A module that stands beside the main file, by its dotted name, with its text.

    `left_out` are the places of statements at module level that are not run.
    """

    name: str
    filename: str
    text: str
    is_package: bool
    left_out: tuple[int, ...] = ()


class Load(Message, frozen=True):
    """Run the kept statements of a submission; `helpers` are what it may import beside torch.

    `needed` are the paths of what has to be callable then, `constants` values by the paths where
    they are put, `instead` numbers for names whose statements fail.
    With `double` its requests for float32 are answered with float64; with `exact` its roles are
    found without the rounding of float16, bfloat16 and autocast.
    """

    name: str
    units: tuple[Unit, ...]
    needed: tuple[str, ...]
    constants: dict[str, int | str]
    helpers: tuple[Helper, ...]
    double: bool
    exact: bool = False
    instead: dict[str, int | float] = {}


class Inspect(Message, frozen=True):
    """Tell what can be called among what these names of the loaded module hold."""

    names: Names


class Make(Message, frozen=True):
    """Call get_params or init_state and keep what it returns under `handle`.

    `dtype` is torch's default dtype during the call.
    """

    handle: str
    invocation: Invocation
    dtype: Literal["float64", "float32"] = "float64"


class Forward(Message, frozen=True):
    """Call forward on given numbers.

    `params` and `state` name kept containers that are rebuilt with the given leaves; with
    `state_values` None the kept container is passed on as it is. With `cotangent` the gradient
    of the outputs, weighted by it, is taken with respect to every parameter. The new state is
    kept under `keep`. With `again` the very tensors of the call before are given once more; where
    gradients are not `tracked`, as in prediction, no parameter wants any. With `exact` no operation
    rounds to less than float64, whatever the submission asks for.
    """

    invocation: Invocation
    inputs: Array
    params: str
    params_values: tuple[Array, ...]
    state: str
    state_values: tuple[Array, ...] | None
    cotangent: Array | None = None
    keep: str | None = None
    again: bool = False
    tracked: bool = True
    exact: bool = False
    dtype: Literal["float64", "float32"] = "float64"


class Jacobian(Message, frozen=True):
    """Differentiate outputs and new state with respect to every parameter and old state unit.

    `slope` asks for central differences in one direction beside it, which are zeros otherwise.
    """

    call: Forward
    numeric: bool
    slope: bool = True


class Watch(Message, frozen=True):
    """Call forward where torch's own recurrent layers are refused."""

    call: Forward


class Observe(Message, frozen=True):
    """Call forward and look at what it changes besides giving an answer."""

    call: Forward


class Settle(Message, frozen=True):
    """Make parameters and state on a stand-in accelerator, and call forward there."""

    get_params: Invocation
    init_state: Invocation
    forward: Invocation
    inputs: Array


class Record(Message, frozen=True):
    """Make parameters and state and call forward, with every operation noted."""

    get_params: Invocation
    init_state: Invocation
    call: Forward


Request = Load | Inspect | Make | Forward | Jacobian | Watch | Observe | Settle | Record


# ── the first that a worker says, before any student code ─────────────────────────────────


class Protection(Message, frozen=True):
    """What a worker is kept from or held to; `hindrance` is why it is not, "" where it is."""

    name: Name
    hindrance: Text


class Ready(Message, frozen=True):
    """A worker has taken its place and will answer requests."""

    protections: tuple[Protection, ...]


# ── replies ──────────────────────────────────────────────────────────────────────────────


class Leaf(Message, frozen=True):
    """A leaf of what a function returned.

    `tensor` is a number that is equal for the same tensor object, `address` the byte where its
    memory begins, counted from the first tensor's, `strides` the steps between its numbers as in
    torch; all mean something within one reply only.
    """

    path: Name
    kind: Name
    shape: Shape = ()
    dtype: Name = ""
    device: Name = ""
    tensor: limits.Number = -1
    address: limits.Address = 0
    strides: Shape = ()
    requires_grad: bool = False
    is_leaf: bool = True
    data: bytes | None = None


Leaves = Annotated[tuple[Leaf, ...], Meta(max_length=limits.MAX_LEAVES)]


class Frame(Message, frozen=True):
    """A line of a traceback inside the submission."""

    filename: Name
    line: Line
    function: Name


Frames = Annotated[tuple[Frame, ...], Meta(max_length=limits.MAX_FRAMES)]


#: Whose recurrence it is: torch's, or that of the book's package.
Owner = Literal["torch", "d2l"]


class Delegation(Message, frozen=True):
    """A use of somebody else's recurrence, and the submission's line it came from."""

    operator: Name
    frame: Frame | None
    owner: Owner = "torch"


Delegations = Annotated[tuple[Delegation, ...], Meta(max_length=limits.MAX_LISTED)]


class Raised(Message, frozen=True):
    """The student's code raised; `stage` is what was being done.

    `delegations` are calls of torch's own recurrence that were refused on the way.
    """

    type: Name
    message: Text
    frames: Frames
    stage: Literal["load", "call", "rebuild", "backward", "returned"] = "call"
    delegations: Delegations = ()
    output: Output = ""


class Failure(Message, frozen=True):
    """A kept statement that raised while loading, and the names that it would have bound."""

    filename: Name
    line: Line
    names: Names
    type: Name
    message: Text
    frames: Frames


class Loaded(Message, frozen=True):
    """Which of the needed names exist and are callable, and what failed on the way.

    `dtype` is the default dtype that the file sets, "" for torch's own; `plainly` are functions of
    torch's compilers that were replaced by plain ones and used.
    """

    defined: Names
    failures: Annotated[tuple[Failure, ...], Meta(max_length=limits.MAX_FAILURES)]
    dtype: Name = ""
    plainly: Names = ()
    output: Output = ""


class Parameter(Message, frozen=True):
    """An argument of something that can be called."""

    name: Name
    required: bool
    positional_only: bool


class Described(Message, frozen=True):
    """Something that can be called, by its path; `filename` is "" where it is no own code."""

    path: Name
    arguments: Annotated[tuple[Parameter, ...], Meta(max_length=limits.MAX_LISTED)]
    variadic: bool
    filename: Name
    line: Line


class Inspected(Message, frozen=True):
    """What can be called."""

    found: Annotated[tuple[Described, ...], Meta(max_length=limits.MAX_LISTED)]
    output: Output = ""


class Made(Message, frozen=True):
    """What get_params or init_state returned."""

    container: Name
    leaves: Leaves
    delegations: Delegations = ()
    plainly: Names = ()
    output: Output = ""


class Ran(Message, frozen=True):
    """What forward returned: its outputs, its new state, and gradients where they were asked.

    `delegations` are calls of torch's own recurrence that were refused, and that it went on after.
    """

    values: Annotated[int, Meta(ge=1, le=limits.MAX_LEAVES)]
    outputs_container: Name
    outputs: Leaves
    state_container: Name
    state: Leaves
    gradients: Annotated[tuple[Array | None, ...], Meta(max_length=limits.MAX_LEAVES)] | None
    gradient_error: Raised | None
    delegations: Delegations = ()
    plainly: Names = ()
    output: Output = ""


class Differentiated(Message, frozen=True):
    """A Jacobian: rows are outputs, then new state; columns parameters, then old state.

    `slope` is the change along one fixed direction by central differences, to hold the rows
    of automatic differentiation against; None where autograd gave nothing.
    """

    ran: Ran
    rows: Count
    columns: Count
    data: bytes
    slope: bytes
    output: Output = ""


class Watched(Message, frozen=True):
    """What of torch's own recurrent layers was called."""

    delegations: Delegations
    output: Output = ""


class Observed(Message, frozen=True):
    """What a call of forward changed: the caller's tensors, its containers, global settings.

    `where` is the line after which the first of the tensors was another; `kept` are new tensors
    that lie in the params; `again` says how another call with the same params object differed
    from the first, "" where it did not.
    """

    changed: Names
    where: Frame | None
    replaced: Names
    kept: Names
    again: Text
    settings: Names
    output: Output = ""


class Bound(Message, frozen=True):
    """A line that gave a tensor which another line had made this name."""

    name: Name
    frame: Frame


class Read(Message, frozen=True):
    """A tensor that an operation read.

    `elements` count through parameters and old state where it is made of these alone; `step` is
    the operation that made it, -1 for none; `bound` are the names that it was given on the way.
    """

    elements: Annotated[tuple[limits.Element, ...], Meta(max_length=limits.MAX_RESULT)]
    step: limits.Number
    inputs: bool
    bound: Annotated[tuple[Bound, ...], Meta(max_length=limits.MAX_LISTED)]


class Step(Message, frozen=True):
    """One operation: its lines from the outermost, what it read, and the numbers it gave."""

    operation: Name
    axis: Axis | None
    frames: Frames
    reads: Annotated[tuple[Read, ...], Meta(max_length=limits.MAX_READS)]
    result: Annotated[tuple[float, ...], Meta(max_length=limits.MAX_RESULT)]


class Origin(Message, frozen=True):
    """The lines, from the outermost, that made a tensor's memory and that filled it last."""

    made: Frames
    filled: Frames


Origins = Annotated[tuple[Origin, ...], Meta(max_length=limits.MAX_ORIGINS)]
Makers = Annotated[tuple[limits.Number, ...], Meta(max_length=limits.MAX_LEAVES)]


class Recorded(Message, frozen=True):
    """The operations of one call of forward, and the lines that made each leaf.

    `outputs` and `new` are the operations that made the leaves of outputs and new state, -1
    where none did; `names` are what forward called the leaves of parameters and old state, ""
    where it gave them no name.
    """

    steps: Annotated[tuple[Step, ...], Meta(max_length=limits.MAX_STEPS)]
    params: Origins
    state: Origins
    names: Annotated[tuple[Name, ...], Meta(max_length=2 * limits.MAX_LEAVES)]
    outputs: Makers
    new: Makers
    output: Output = ""


class Spot(Message, frozen=True):
    """A tensor that a function returned, and the device it is on."""

    path: Name
    device: Name
    is_leaf: bool = True


Spots = Annotated[tuple[Spot, ...], Meta(max_length=limits.MAX_ORIGINS)]


class Stopped(Message, frozen=True):
    """Why a run on the stand-in ended early; `mixed` where tensors of two devices met.

    `made` is the line that made the one on the CPU.
    """

    role: FunctionRole
    mixed: bool
    raised: Raised
    made: Frame | None


class Settled(Message, frozen=True):
    """Where the tensors of a run on the stand-in accelerator were, as far as it came.

    `synchronised` says that a number was read back, for which an accelerator has to wait.
    """

    params: Spots
    state: Spots
    outputs: Spots
    stopped: Stopped | None
    synchronised: bool
    output: Output = ""


Reply = (
    Loaded
    | Inspected
    | Made
    | Ran
    | Differentiated
    | Watched
    | Observed
    | Settled
    | Recorded
    | Raised
)

_MANY_BYTES = 64 * 1024 * 1024
_FEW_BYTES = 16 * 1024 * 1024


def most_bytes(request: Request) -> int:
    """How long the answer to a request may be."""
    return _MANY_BYTES if isinstance(request, Make | Forward | Jacobian) else _FEW_BYTES
