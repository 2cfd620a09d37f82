"""What a worker's replies say, looked at before anything is done with them.

A worker runs the student's code, which can write whatever it likes. `messages` bounds each field;
here a reply is held against the request that it answers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec
from torch import Tensor

from pytest_deeprnn.sandbox.protocol.limits import MAX_RECORDED
from pytest_deeprnn.sandbox.protocol.messages import (
    Array,
    Differentiated,
    Failure,
    Forward,
    Frame,
    Helper,
    Inspect,
    Inspected,
    Jacobian,
    Leaf,
    Load,
    Loaded,
    Made,
    Ran,
    Record,
    Recorded,
    Reply,
    Request,
    Unit,
)
from pytest_deeprnn.sandbox.protocol.object_path import is_path, root
from pytest_deeprnn.sandbox.tensors import NotAnArray, fit, unpack
from pytest_deeprnn.sandbox.worker import InvalidReply

_LEAF_BYTES = 1000  # what a leaf costs beside its numbers
_FLOATS = ("float64", "float32")


@dataclass(frozen=True)
class Numbers:
    """What get_params or init_state returned: all leaves, and the values of the float ones."""

    handle: str
    container: str
    leaves: tuple[Leaf, ...]
    floats: tuple[Leaf, ...]
    values: tuple[Tensor, ...]

    @property
    def shapes(self) -> tuple[tuple[int, ...], ...]:
        """The shapes of the float tensors, in order."""
        return tuple(leaf.shape for leaf in self.floats)


@dataclass(frozen=True)
class Answer:
    """What forward returned, with the float tensors of outputs and new state."""

    ran: Ran
    outputs: tuple[Tensor, ...]
    state: tuple[Tensor, ...]
    gradients: tuple[Tensor | None, ...] | None

    @property
    def rounded(self) -> bool:
        """Whether something came back in less than float64."""
        leaves = [*self.ran.outputs, *self.ran.state]
        return any(leaf.data is not None and leaf.dtype != "float64" for leaf in leaves)


@dataclass(frozen=True)
class Slopes:
    """A Jacobian with the call it belongs to; see messages.Differentiated."""

    answer: Answer
    matrix: Tensor
    slope: Tensor


def numbers(handle: str, made: Made) -> Numbers:
    """The tensors of a reply that was examined."""
    floats = _floats(made.leaves)
    values = tuple(_tensor(leaf) for leaf in floats)
    return Numbers(handle, made.container, made.leaves, floats, values)


def answer(ran: Ran) -> Answer:
    """The tensors of a reply that was examined."""
    gradients = None
    if ran.gradients is not None:
        gradients = tuple(None if grad is None else unpack(grad) for grad in ran.gradients)
    return Answer(
        ran=ran,
        outputs=tuple(_tensor(leaf) for leaf in _floats(ran.outputs)),
        state=tuple(_tensor(leaf) for leaf in _floats(ran.state)),
        gradients=gradients,
    )


def slopes(reply: Differentiated) -> Slopes:
    """The tensors of a reply that was examined."""
    shape = reply.rows, reply.columns
    matrix = Array(shape=shape, dtype="float64", data=reply.data)
    slope = Array(shape=shape[:1], dtype="float64", data=reply.slope)
    return Slopes(answer=answer(reply.ran), matrix=unpack(matrix), slope=unpack(slope))


def _floats(leaves: tuple[Leaf, ...]) -> tuple[Leaf, ...]:
    return tuple(leaf for leaf in leaves if leaf.data is not None)


def _tensor(leaf: Leaf) -> Tensor:
    return unpack(Array(shape=leaf.shape, dtype="float64", data=leaf.data or b""))


def weight(reply: Reply) -> int:
    """How many bytes a reply takes, about, as long as it is kept."""
    match reply:
        case Made(leaves=leaves):
            return sum(_LEAF_BYTES + len(leaf.data or b"") for leaf in leaves)
        case Ran():
            leaves = (*reply.outputs, *reply.state)
            taken = sum(len(grad.data) for grad in reply.gradients or () if grad is not None)
            return taken + sum(_LEAF_BYTES + len(leaf.data or b"") for leaf in leaves)
        case Differentiated():
            return len(reply.data) + weight(reply.ran)
        case _:
            return 0


class Examiner:
    """Holds replies against the submission that was sent and against what was asked."""

    def __init__(self, load: Load) -> None:
        files: tuple[Unit | Helper, ...] = (*load.units, *load.helpers)
        self._lines = {one.filename: len(one.text.splitlines()) for one in files}

    def examine(self, request: Request, reply: Reply) -> None:
        """Raise InvalidReply where a reply cannot be what an honest worker answers."""
        try:
            self._places(reply)
            _fits(request, reply)
        except NotAnArray as error:
            raise InvalidReply(str(error)) from None

    def _places(self, reply: Reply) -> None:
        for place in _places_in(reply):
            lines = self._lines.get(place.filename)
            _must(lines is not None, "a line of another file")
            _must(place.line <= (lines or 0), f"line {place.line} of {lines}")


def _places_in(value: object) -> Iterator[Frame | Failure]:
    """Every line that a reply tells."""
    if isinstance(value, Frame | Failure):
        yield value
    if isinstance(value, tuple):
        for one in value:
            if isinstance(one, msgspec.Struct):
                yield from _places_in(one)
    elif isinstance(value, msgspec.Struct) and not isinstance(value, Leaf | Array):
        for name in value.__struct_fields__:
            yield from _places_in(getattr(value, name))


def _fits(request: Request, reply: Reply) -> None:
    match request, reply:
        case Load(), Loaded():
            _must(set(reply.defined) <= set(request.needed), "names that were not asked for")
        case Inspect(), Inspected():
            _inspected(request, reply)
        case _, Made():
            _leaves(reply.leaves)
        case Forward(), Ran():
            _ran(request, reply)
        case Jacobian(), Differentiated():
            _differentiated(request.call, reply)
        case Record(), Recorded():
            _recorded(request.call, reply)


def _inspected(request: Inspect, reply: Inspected) -> None:
    for one in reply.found:
        _must(is_path(one.path) and root(one.path) in request.names, "a path that is none")
        _must(all(argument.name.isidentifier() for argument in one.arguments), "an odd argument")


def _must(holds: bool, otherwise: str) -> None:
    if not holds:
        raise InvalidReply(otherwise)


def _leaves(leaves: Iterable[Leaf]) -> None:
    for leaf in leaves:
        if leaf.data is not None:
            _must(leaf.kind == "tensor", f"numbers of a {leaf.kind}")
            _must(len(leaf.strides) == len(leaf.shape), f"strides {leaf.strides}")
            fit(leaf.shape, "float64", len(leaf.data))


def _ran(call: Forward, ran: Ran) -> None:
    _leaves((*ran.outputs, *ran.state))
    taken, error = ran.gradients, ran.gradient_error
    if call.cotangent is None:
        _must(taken is None and error is None, "gradients that were not asked for")
        return
    _must((taken is None) != (error is None), "neither gradients nor why there are none")
    if taken is None:
        return
    _must(len(taken) == len(call.params_values), f"{len(taken)} gradients")
    for grad, given in zip(taken, call.params_values, strict=True):
        if grad is not None:
            _must(grad.shape == given.shape, f"a gradient of shape {grad.shape}")
            _must(grad.dtype in _FLOATS, f"a gradient of {grad.dtype}")
            fit(grad.shape, grad.dtype, len(grad.data))


def _differentiated(call: Forward, reply: Differentiated) -> None:
    _ran(call, reply.ran)
    rows = _count(leaf.shape for leaf in _floats((*reply.ran.outputs, *reply.ran.state)))
    columns = _count(array.shape for array in (*call.params_values, *(call.state_values or ())))
    shape = reply.rows, reply.columns
    _must(shape == (rows, columns), f"a Jacobian of shape {shape}")
    fit(shape, "float64", len(reply.data))
    fit(shape[:1], "float64", len(reply.slope))


def _recorded(call: Forward, reply: Recorded) -> None:
    given = (*call.params_values, *(call.state_values or ()))
    elements = _count(array.shape for array in given)
    _must(len(reply.names) == len(given), f"{len(reply.names)} names")
    size = 0
    for number, step in enumerate(reply.steps):
        size += len(step.result) + sum(len(read.elements) for read in step.reads)
        _must(bool(step.frames), "an operation without a line")
        for read in step.reads:
            _must(read.step < number, "an operation that reads a later one")
            _must(max(read.elements, default=-1) < elements, "an element beyond the last")
    _must(size <= MAX_RECORDED, f"{size} numbers of operations")
    last = max((*reply.outputs, *reply.new), default=-1)
    _must(last < len(reply.steps), f"operation {last} of {len(reply.steps)}")


def _count(shapes: Iterable[tuple[int, ...]]) -> int:
    return sum(math.prod(shape) for shape in shapes)
