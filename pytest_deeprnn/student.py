"""The trusted side's view of a running submission: its three functions as calls on numbers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal, Protocol, TypeVar

import msgspec
from torch import Tensor

from pytest_deeprnn.sizes import Sizes
from pytest_deeprnn.submission.contract import Binding, Contract
from pytest_deeprnn.submission.names import Kind
from pytest_deeprnn.worker.arrays import DTYPES, NotAnArray, pack, unpack
from pytest_deeprnn.worker.messages import (
    Argument,
    Array,
    Device,
    Differentiated,
    Forward,
    Given,
    Invocation,
    Jacobian,
    Leaf,
    Load,
    Loaded,
    Made,
    Make,
    Number,
    Observe,
    Observed,
    Raised,
    Ran,
    Record,
    Recorded,
    Reply,
    Request,
    Settle,
    Settled,
    Watch,
    Watched,
    Widths,
)
from pytest_deeprnn.worker.remote import Garbled, Gone, Hung, Spawner, Worker

LOAD_SECONDS = 20.0
CALL_SECONDS = 10.0
ALL_SECONDS = 300.0
MAX_LOST_WORKERS = 2  # for each function: then it is not called again
STAND_IN = "meta"  # the stand-in accelerator's device, see worker/accelerator.py
_OUTPUT_LIMIT = 20_000
R = TypeVar("R", bound=Reply)
#: What was being done when the student's code failed.
Doing = Literal["load", "get_params", "init_state", "forward"]


class StudentRaised(Exception):
    """The student's code raised an exception."""

    def __init__(self, raised: Raised, role: Doing) -> None:
        super().__init__(f"{raised.type}: {raised.message}")
        self.raised = raised
        self.role = role


class StudentLost(Exception):
    """The student's process hung, ended, or answered with something that is no answer."""

    def __init__(self, cause: Gone, role: Doing) -> None:
        super().__init__(str(cause))
        self.cause = cause
        self.role = role


class Call(Protocol):
    """The numbers of one call of forward: inputs (T, B, V), parameters and state."""

    @property
    def sizes(self) -> Sizes:
        """The call's sizes."""

    @property
    def inputs(self) -> Tensor:
        """The inputs (T, B, V)."""

    @property
    def theta(self) -> tuple[Tensor, ...]:
        """The parameters, in the order of get_params' leaves."""

    @property
    def old(self) -> tuple[Tensor, ...]:
        """The state before, in the order of init_state's leaves."""


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
        return any(leaf.kind == "tensor" and leaf.dtype not in ("float64", "") for leaf in leaves)


@dataclass(frozen=True)
class Slopes:
    """A Jacobian with the call it belongs to; see messages.Differentiated."""

    answer: Answer
    matrix: Tensor
    slope: Tensor


@dataclass
class Meter:
    """Seconds inside the student's functions, calls of them, and what was printed."""

    seconds: float = 0.0
    calls: int = 0
    printed: list[str] = field(default_factory=list)

    @property
    def output(self) -> str:
        """What the student's code printed, cut."""
        return "".join(self.printed)[:_OUTPUT_LIMIT]


class Student:
    """Runs a submission in a worker and starts a new one where the old one was lost.

    `constants` are names of sizes at module level that the functions read instead of taking
    them as arguments; they are set to each call's sizes.
    """

    def __init__(
        self,
        spawner: Spawner,
        load: Load,
        contract: Contract,
        constants: dict[str, Kind],
    ) -> None:
        self._spawner = spawner
        self._load = load
        self._contract = contract
        self._constants = constants
        self._worker: Worker | None = None
        self._loaded_for: dict[str, int | str] | None = None
        self._made: dict[str, Numbers] = {}
        self._losses: dict[Doing, list[StudentLost]] = {}
        self.meter = Meter()

    @property
    def contract(self) -> Contract:
        """The three functions as they were found."""
        return self._contract

    def load(self, sizes: Sizes) -> Loaded:
        """Load the submission, anew where its own constants must change with the sizes."""
        constants = self._constants_for(sizes)
        self._made.clear()
        request = msgspec.structs.replace(self._load, constants=constants)
        loaded = self._ask(request, Loaded, "load", LOAD_SECONDS)
        self._loaded_for = constants
        return loaded

    def params(self, sizes: Sizes) -> Numbers:
        """Call get_params; the container stays in the worker."""
        return self._make("get_params", sizes)

    def state(self, sizes: Sizes) -> Numbers:
        """Call init_state; the container stays in the worker."""
        return self._make("init_state", sizes)

    def forward(
        self,
        sizes: Sizes,
        inputs: Tensor,
        params: tuple[Tensor, ...],
        state: tuple[Tensor, ...] | str,
        cotangent: Tensor | None = None,
        keep: str | None = None,
    ) -> Answer:
        """Call forward on these numbers; `state` may name a state that an earlier call kept."""
        request = self._forward_request(sizes, inputs, params, state, cotangent, keep)
        return _answer(self._ask(request, Ran, "forward", CALL_SECONDS))

    def jacobian(
        self,
        sizes: Sizes,
        inputs: Tensor,
        params: tuple[Tensor, ...],
        state: tuple[Tensor, ...],
        numeric: bool,
    ) -> Slopes:
        """Differentiate one call of forward."""
        call = self._forward_request(sizes, inputs, params, state, None, None)
        request = Jacobian(call=call, numeric=numeric)
        reply = self._ask(request, Differentiated, "forward", CALL_SECONDS)
        answer = _answer(reply.ran)
        rows = sum(tensor.numel() for tensor in answer.outputs + answer.state)
        columns = sum(tensor.numel() for tensor in params + state)
        matrix = Array(shape=(rows, columns), dtype="float64", data=reply.data)
        slope = Array(shape=(rows,), dtype="float64", data=reply.slope)
        return Slopes(answer=answer, matrix=_tensor(matrix), slope=_tensor(slope))

    def watch(self, trace: Call) -> Watched:
        """Call forward with torch's own recurrent layers refused."""
        request = Watch(call=self._request_of(trace))
        return self._ask(request, Watched, "forward", CALL_SECONDS)

    def observe(self, trace: Call) -> Observed:
        """Call forward and see what it changes besides giving an answer."""
        request = Observe(call=self._request_of(trace))
        return self._ask(request, Observed, "forward", CALL_SECONDS)

    def settle(self, sizes: Sizes, inputs: Tensor) -> Settled:
        """Run all three functions on the stand-in accelerator."""
        on_it = replace(sizes, device=STAND_IN)
        contract = self._contract
        assert contract.get_params is not None
        assert contract.init_state is not None
        assert contract.forward is not None
        self._ready(on_it)
        request = Settle(
            get_params=_invocation(contract.get_params, on_it),
            init_state=_invocation(contract.init_state, on_it),
            forward=_invocation(contract.forward, on_it),
            inputs=_packed(inputs, on_it),
        )
        return self._ask(request, Settled, "forward", CALL_SECONDS)

    def record(self, call: Call) -> Recorded:
        """Run all three functions with every operation noted."""
        contract = self._contract
        assert contract.get_params is not None
        assert contract.init_state is not None
        forward = self._request_of(call)
        request = Record(
            get_params=_invocation(contract.get_params, call.sizes),
            init_state=_invocation(contract.init_state, call.sizes),
            call=forward,
        )
        return self._ask(request, Recorded, "forward", CALL_SECONDS)

    def takes_device(self, role: Literal["get_params", "init_state"]) -> bool:
        """Whether a device can be asked for: by an argument, or by a name at module level."""
        binding: Binding | None = getattr(self._contract, role)
        named = "device" in self._constants.values()
        return named or (binding is not None and "device" in binding.kinds)

    def close(self) -> None:
        """End the worker."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def _make(self, role: Literal["get_params", "init_state"], sizes: Sizes) -> Numbers:
        self._refuse_lost(role)
        self._ready(sizes)
        handle = f"{role}/{_relevant(role, sizes)}"
        if handle not in self._made:
            binding: Binding = getattr(self._contract, role)
            invocation = _invocation(binding, sizes)
            request = Make(handle=handle, invocation=invocation, dtype=sizes.dtype)
            self._made[handle] = _numbers(handle, self._ask(request, Made, role, CALL_SECONDS))
        return self._made[handle]

    def _forward_request(
        self,
        sizes: Sizes,
        inputs: Tensor,
        params: tuple[Tensor, ...],
        state: tuple[Tensor, ...] | str,
        cotangent: Tensor | None,
        keep: str | None,
    ) -> Forward:
        assert self._contract.forward is not None
        self._refuse_lost("forward")
        made = self.params(sizes), None if isinstance(state, str) else self.state(sizes)
        return Forward(
            invocation=_invocation(self._contract.forward, sizes),
            inputs=_packed(inputs, sizes),
            params=made[0].handle,
            params_values=_as_made(params, made[0], sizes),
            state=state if isinstance(state, str) else made[1].handle if made[1] else "",
            state_values=None if isinstance(state, str) else _as_made(state, made[1], sizes),
            cotangent=None if cotangent is None else _packed(cotangent, sizes),
            keep=keep,
            dtype=sizes.dtype,
        )

    def _request_of(self, call: Call) -> Forward:
        return self._forward_request(call.sizes, call.inputs, call.theta, call.old, None, None)

    def _ready(self, sizes: Sizes) -> None:
        if self._worker is None or self._loaded_for != self._constants_for(sizes):
            self.load(sizes)

    def _constants_for(self, sizes: Sizes) -> dict[str, int | str]:
        return {
            name: sizes.device if kind == "device" else _size(kind, sizes)
            for name, kind in self._constants.items()
        }

    def _ask(self, request: Request, expected: type[R], role: Doing, seconds: float) -> R:
        self._refuse_lost(role)
        if self._worker is None:
            self._worker = self._spawner.spawn()
        self.meter.calls += 1
        try:
            reply = self._worker.ask(request, seconds)
            if not isinstance(reply, expected | Raised):
                raise Garbled(f"{type(reply).__name__} is no answer to {type(request).__name__}")
        except Gone as error:
            if isinstance(error, Hung):
                self.meter.seconds += seconds
            raise self._forget(StudentLost(error, role)) from None
        self.meter.seconds += getattr(reply, "seconds", 0.0)
        if len(self.meter.printed) < 1000:
            self.meter.printed.append(reply.output)
        if isinstance(reply, Raised):
            raise StudentRaised(reply, role)
        return reply

    def _refuse_lost(self, role: Doing) -> None:
        """A function that has cost several workers, or all the time there is, rests."""
        if self.meter.seconds > ALL_SECONDS:
            raise StudentLost(Hung(f"more than {ALL_SECONDS:g} s in all"), role)
        losses = self._losses.get(role, [])
        if len(losses) >= MAX_LOST_WORKERS:
            raise losses[-1]

    def _forget(self, loss: StudentLost) -> StudentLost:
        self.close()
        self._made.clear()
        self._loaded_for = None
        self._losses.setdefault(loss.role, []).append(loss)
        return loss


def _packed(tensor: Tensor, sizes: Sizes) -> Array:
    return pack(tensor.to(DTYPES[sizes.dtype]))


def _as_made(values: tuple[Tensor, ...], made: Numbers | None, sizes: Sizes) -> tuple[Array, ...]:
    """The numbers in the dtype of the case, or in float64 where the submission chose that."""
    leaves = () if made is None else made.floats
    chosen = [leaf.dtype == "float64" for leaf in leaves] or [False] * len(values)
    return tuple(
        pack(value) if double else _packed(value, sizes)
        for value, double in zip(values, chosen, strict=True)
    )


def _relevant(role: str, sizes: Sizes) -> Sizes:
    """The sizes without those that the function does not depend on."""
    return replace(sizes, steps=1, batch=1 if role == "get_params" else sizes.batch)


def _size(kind: Kind, sizes: Sizes) -> int:
    return {
        "vocab": sizes.vocab,
        "hiddens": sizes.hiddens,
        "layers": sizes.layers,
        "batch": sizes.batch,
    }[kind]


def _invocation(binding: Binding, sizes: Sizes) -> Invocation:
    return Invocation(
        function=binding.function.name,
        args=tuple(_argument(kind, sizes) for kind in binding.positional),
        kwargs={name: _argument(kind, sizes) for name, kind in binding.keyword.items()},
    )


def _argument(kind: Kind, sizes: Sizes) -> Argument:
    match kind:
        case "hiddens" if sizes.widths:
            return Widths(value=sizes.widths)
        case "inputs" | "state" | "params":
            return Given(what=kind)
        case "device":
            return Device(name=sizes.device)
        case _:
            return Number(value=_size(kind, sizes))


def _numbers(handle: str, made: Made) -> Numbers:
    floats = tuple(leaf for leaf in made.leaves if leaf.data is not None)
    return Numbers(
        handle=handle,
        container=made.container,
        leaves=made.leaves,
        floats=floats,
        values=tuple(_leaf_tensor(leaf) for leaf in floats),
    )


def _answer(ran: Ran) -> Answer:
    gradients = None
    if ran.gradients is not None:
        gradients = tuple(None if grad is None else _tensor(grad) for grad in ran.gradients)
    return Answer(
        ran=ran,
        outputs=tuple(_leaf_tensor(leaf) for leaf in ran.outputs if leaf.data is not None),
        state=tuple(_leaf_tensor(leaf) for leaf in ran.state if leaf.data is not None),
        gradients=gradients,
    )


def _leaf_tensor(leaf: Leaf) -> Tensor:
    return _tensor(Array(shape=leaf.shape, dtype="float64", data=leaf.data or b""))


def _tensor(array: Array) -> Tensor:
    try:
        return unpack(array)
    except NotAnArray as error:
        raise StudentLost(Garbled(str(error)), "forward") from None
