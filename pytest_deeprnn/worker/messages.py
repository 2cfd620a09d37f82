"""What crosses the trust boundary: plain data and raw tensor bytes, never objects.

Requests go from the trusted side to the worker, replies come back. Every reply is decoded
against these types, so a worker can say something wrong but nothing of another kind.
"""

from __future__ import annotations

from typing import Literal

import msgspec

FunctionRole = Literal["get_params", "init_state", "forward"]


class Message(msgspec.Struct, frozen=True, kw_only=True, tag_field="message_type", tag=True):
    """Base of all messages; the tag is the class name."""


# ── arguments ────────────────────────────────────────────────────────────────────────────


class Number(Message, frozen=True):
    """An integer argument: a size or a number of layers."""

    value: int


class Widths(Message, frozen=True):
    """A list of integers: one width a layer."""

    value: tuple[int, ...]


class Device(Message, frozen=True):
    """A torch.device argument."""

    name: str


class Given(Message, frozen=True):
    """The inputs, the state or the parameters of a forward call."""

    what: Literal["inputs", "state", "params"]


Argument = Number | Widths | Device | Given


class Invocation(Message, frozen=True):
    """Which function to call and with which arguments."""

    function: str
    args: tuple[Argument, ...]
    kwargs: dict[str, Argument]


class Array(Message, frozen=True):
    """A tensor's numbers, row-major."""

    shape: tuple[int, ...]
    dtype: str
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


class Load(Message, frozen=True):
    """Run the kept statements of a submission."""

    name: str
    units: tuple[Unit, ...]
    needed: tuple[str, ...]
    constants: dict[str, int | str]
    folder: str | None
    double: bool


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
    kept under `keep`.
    """

    invocation: Invocation
    inputs: Array
    params: str
    params_values: tuple[Array, ...]
    state: str
    state_values: tuple[Array, ...] | None
    cotangent: Array | None = None
    keep: str | None = None
    dtype: Literal["float64", "float32"] = "float64"


class Jacobian(Message, frozen=True):
    """Differentiate outputs and new state with respect to every parameter and old state unit."""

    call: Forward
    numeric: bool


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


Request = Load | Make | Forward | Jacobian | Watch | Observe | Settle | Record


# ── replies ──────────────────────────────────────────────────────────────────────────────


class Leaf(Message, frozen=True):
    """A leaf of what a function returned.

    `tensor` is a number that is equal for the same tensor object, `storage` one for the same
    memory; both mean something within one reply only.
    """

    path: str
    kind: str
    shape: tuple[int, ...] = ()
    dtype: str = ""
    device: str = ""
    tensor: int = -1
    storage: int = -1
    requires_grad: bool = False
    is_leaf: bool = True
    data: bytes | None = None


class Frame(Message, frozen=True):
    """A line of a traceback inside the submission."""

    filename: str
    line: int
    function: str


class Raised(Message, frozen=True):
    """The student's code raised; `stage` is what was being done."""

    type: str
    message: str
    frames: tuple[Frame, ...]
    stage: Literal["load", "call", "rebuild", "backward", "returned"] = "call"
    output: str = ""


class Failure(Message, frozen=True):
    """A kept statement that raised while loading, and the names that it would have bound."""

    filename: str
    line: int
    names: tuple[str, ...]
    type: str
    message: str
    frames: tuple[Frame, ...]


class Loaded(Message, frozen=True):
    """Which of the needed names exist and are callable, and what failed on the way."""

    defined: tuple[str, ...]
    failures: tuple[Failure, ...]
    output: str = ""


class Made(Message, frozen=True):
    """What get_params or init_state returned."""

    container: str
    leaves: tuple[Leaf, ...]
    seconds: float
    output: str = ""


class Ran(Message, frozen=True):
    """What forward returned: its outputs, its new state, and gradients where they were asked."""

    values: int
    outputs_container: str
    outputs: tuple[Leaf, ...]
    state_container: str
    state: tuple[Leaf, ...]
    gradients: tuple[Array | None, ...] | None
    gradient_error: Raised | None
    seconds: float
    output: str = ""


class Differentiated(Message, frozen=True):
    """A Jacobian: rows are outputs, then new state; columns parameters, then old state.

    `slope` is the change along one fixed direction by central differences, to hold the rows
    of automatic differentiation against; None where autograd gave nothing.
    """

    ran: Ran
    rows: int
    columns: int
    data: bytes
    slope: bytes
    seconds: float
    output: str = ""


class Delegation(Message, frozen=True):
    """A call of one of torch's own recurrent layers, and the submission's line it came from."""

    operator: str
    frame: Frame | None


class Watched(Message, frozen=True):
    """What of torch's own recurrent layers was called."""

    delegations: tuple[Delegation, ...]
    seconds: float
    output: str = ""


class Observed(Message, frozen=True):
    """What a call of forward changed: the caller's tensors, its containers, global settings.

    `where` is the line after which the first of the tensors was another; `kept` are new tensors
    that lie in the params; `again` says how another call with the same params object differed
    from the first, "" where it did not.
    """

    changed: tuple[str, ...]
    where: Frame | None
    replaced: tuple[str, ...]
    kept: tuple[str, ...]
    again: str
    settings: tuple[str, ...]
    seconds: float
    output: str = ""


class Bound(Message, frozen=True):
    """A line that gave a tensor which another line had made this name."""

    name: str
    frame: Frame


class Read(Message, frozen=True):
    """A tensor that an operation read.

    `elements` count through parameters and old state where it is made of these alone; `step` is
    the operation that made it, -1 for none; `bound` are the names that it was given on the way.
    """

    elements: tuple[int, ...]
    step: int
    inputs: bool
    bound: tuple[Bound, ...]


class Step(Message, frozen=True):
    """One operation: its lines from the outermost, what it read, and the numbers it gave."""

    operation: str
    axis: int | None
    frames: tuple[Frame, ...]
    reads: tuple[Read, ...]
    result: tuple[float, ...]


class Origin(Message, frozen=True):
    """The lines, from the outermost, that made a tensor's memory and that filled it last."""

    made: tuple[Frame, ...]
    filled: tuple[Frame, ...]


class Recorded(Message, frozen=True):
    """The operations of one call of forward, and the lines that made each leaf.

    `outputs` and `new` are the operations that made the leaves of outputs and new state, -1
    where none did; `names` are what forward called the leaves of parameters and old state, ""
    where it gave them no name.
    """

    steps: tuple[Step, ...]
    params: tuple[Origin, ...]
    state: tuple[Origin, ...]
    names: tuple[str, ...]
    outputs: tuple[int, ...]
    new: tuple[int, ...]
    seconds: float
    output: str = ""


class Spot(Message, frozen=True):
    """A tensor that a function returned, and the device it is on."""

    path: str
    device: str


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

    params: tuple[Spot, ...]
    state: tuple[Spot, ...]
    outputs: tuple[Spot, ...]
    stopped: Stopped | None
    synchronised: bool
    seconds: float
    output: str = ""


Reply = Loaded | Made | Ran | Differentiated | Watched | Observed | Settled | Recorded | Raised
