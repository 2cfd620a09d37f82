"""The trusted side's view of a running submission: its three functions as calls on numbers."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol, TypeVar

import msgspec
from torch import Tensor

from pytest_deeprnn.core.sizes import Sizes
from pytest_deeprnn.measurement.calls import replies, requests
from pytest_deeprnn.measurement.calls.replies import Answer, Examiner, Numbers, Slopes
from pytest_deeprnn.sandbox.protocol.messages import (
    Delegation,
    Differentiated,
    Forward,
    Inspect,
    Inspected,
    Jacobian,
    Load,
    Loaded,
    Made,
    Make,
    Observe,
    Observed,
    Protection,
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
)
from pytest_deeprnn.sandbox.protocol.spawn_messages import Rights
from pytest_deeprnn.sandbox.worker import InvalidReply, Spawner, Worker, WorkerLost, WorkerTimeout
from pytest_deeprnn.submission.binding import Binding
from pytest_deeprnn.submission.contract import Contract
from pytest_deeprnn.submission.synonyms import Kind

LOAD_SECONDS = 20.0
CALL_SECONDS = 10.0
ALL_SECONDS = 300.0
MAX_CALLS = 20_000  # more than ten times what the most thorough run takes
MAX_BYTES = 512 << 20  # of numbers that come back; a right submission's are a few megabytes
MAX_LOST_WORKERS = 2  # for each function: then it is not called again
STAND_IN = "meta"  # the stand-in accelerator's device, see sandbox/host/fake_device.py
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

    def __init__(self, cause: WorkerLost, role: Doing) -> None:
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


@dataclass
class Meter:
    """Seconds that answers took, calls, bytes of what came back, and what was printed."""

    seconds: float = 0.0
    calls: int = 0
    bytes: int = 0
    printed: list[str] = field(default_factory=list)

    @property
    def output(self) -> str:
        """What the student's code printed, cut."""
        return "".join(self.printed)[:_OUTPUT_LIMIT]


class SubmissionRunner:
    """Runs a submission in a worker and starts a new one where the old one was lost.

    `constants` are places of sizes at module level that the functions read instead of taking
    them as arguments; they are set to each call's sizes.
    `imports` are modules beside torch that the submission may use, `limit` the seconds that all
    its answers may take, `processor_seconds` those of the processor that each worker has. torch's
    own recurrence, and the book's networks, are refused until they are called for: `delegated`
    then says where, and everything else is measured with them.
    """

    def __init__(
        self,
        spawner: Spawner,
        load: Load,
        contract: Contract,
        constants: dict[str, Kind],
        imports: tuple[str, ...] = (),
        limit: float = ALL_SECONDS,
        processor_seconds: int | None = None,
    ) -> None:
        self._spawner = spawner
        self._rights = Rights(imports=imports, seconds=processor_seconds)
        self._load = load
        self._contract = contract
        self._constants = constants
        self._worker: Worker | None = None
        self._loaded_for: dict[str, int | str] | None = None
        self._examiner = Examiner(load)
        self._limit = limit
        self._made: dict[str, Numbers] = {}
        self._shapes: dict[str, tuple[tuple[int, ...], ...]] = {}
        self._makes: dict[str, Make] = {}
        self._losses: dict[Doing, list[StudentLost]] = {}
        self._garbled: StudentLost | None = None
        self.protections: tuple[Protection, ...] = ()
        self.delegated: Delegation | None = None
        self._own_dtype = ""
        self._plainly: dict[str, None] = {}
        self.meter = Meter()

    @property
    def is_refused(self) -> bool:
        """Whether each call tells of torch's own recurrence by itself, in `delegated`."""
        return self._spawner.refuses

    @property
    def contract(self) -> Contract:
        """The three functions as they were found."""
        return self._contract

    @property
    def plainly(self) -> tuple[str, ...]:
        """What the submission used of torch's compilers, and what was run plainly instead."""
        return tuple(self._plainly)

    def load(self, sizes: Sizes) -> Loaded:
        """Load the submission, anew where its own constants must change with the sizes."""
        constants = self._constants_for(sizes)
        self._made.clear()
        request = msgspec.structs.replace(self._load, constants=constants)
        loaded = self._ask(request, Loaded, "load", LOAD_SECONDS)
        self._loaded_for, self._own_dtype = constants, loaded.dtype
        return loaded

    def inspect(self, names: tuple[str, ...]) -> Inspected:
        """Load as it stands, and tell what can be called among what these names hold."""
        self._ask(self._load, Loaded, "load", LOAD_SECONDS)
        return self._ask(Inspect(names=names), Inspected, "load", LOAD_SECONDS)

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
        tracked: bool = True,
        exact: bool = False,
    ) -> Answer:
        """Call forward on these numbers; `state` may name a state that an earlier call kept.

        What is not `tracked` runs as in prediction, without gradients; what is `exact` rounds to
        no less than float64.
        """
        asked = replace(sizes, dtype="float64") if exact else sizes
        request = self._forward_request(asked, inputs, params, state, cotangent, keep)
        request = msgspec.structs.replace(request, tracked=tracked, exact=exact)
        return replies.answer(self._ask(request, Ran, "forward", CALL_SECONDS))

    def twice(self, trace: Call) -> tuple[Answer, Answer]:
        """Call forward, and once more with the very tensors that it was given the first time."""
        first = self._request_of(trace)
        again = msgspec.structs.replace(first, again=True)
        one, other = (
            replies.answer(self._ask(request, Ran, "forward", CALL_SECONDS))
            for request in (first, again)
        )
        return one, other

    def jacobian(
        self,
        sizes: Sizes,
        inputs: Tensor,
        params: tuple[Tensor, ...],
        state: tuple[Tensor, ...],
        numeric: bool,
        sloped: bool = True,
    ) -> Slopes:
        """Differentiate one call of forward; `sloped` asks for central differences beside it."""
        call = self._forward_request(sizes, inputs, params, state, None, None)
        request = Jacobian(call=call, numeric=numeric, slope=sloped)
        reply = self._ask(request, Differentiated, "forward", CALL_SECONDS)
        return replies.slopes(reply)

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
            get_params=requests.invocation(contract.get_params, on_it),
            init_state=requests.invocation(contract.init_state, on_it),
            forward=requests.invocation(contract.forward, on_it),
            inputs=requests.packed(inputs, on_it),
        )
        return self._ask(request, Settled, "forward", CALL_SECONDS)

    def record(self, call: Call) -> Recorded:
        """Run all three functions with every operation noted."""
        contract = self._contract
        assert contract.get_params is not None
        assert contract.init_state is not None
        forward = self._request_of(call)
        request = Record(
            get_params=requests.invocation(contract.get_params, call.sizes),
            init_state=requests.invocation(contract.init_state, call.sizes),
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
        sizes = self._in_own_dtype(sizes)
        handle = f"{role}/{requests.relevant(role, sizes)}"
        if handle not in self._made:
            binding: Binding = getattr(self._contract, role)
            invocation = requests.invocation(binding, sizes)
            request = Make(handle=handle, invocation=invocation, dtype=sizes.dtype)
            made = replies.numbers(handle, self._ask(request, Made, role, CALL_SECONDS))
            if self._shapes.setdefault(handle, made.shapes) != made.shapes:
                raise self._forget(StudentLost(InvalidReply("other shapes than before"), role))
            self._made[handle], self._makes[handle] = made, request
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
        sizes = self._in_own_dtype(sizes)
        return Forward(
            invocation=requests.invocation(self._contract.forward, sizes),
            inputs=requests.packed(inputs, sizes),
            params=made[0].handle,
            params_values=requests.as_made(params, made[0], sizes),
            state=state if isinstance(state, str) else made[1].handle if made[1] else "",
            state_values=None
            if isinstance(state, str)
            else requests.as_made(state, made[1], sizes),
            cotangent=None if cotangent is None else requests.packed(cotangent, sizes),
            keep=keep,
            dtype=sizes.dtype,
        )

    def _request_of(self, call: Call) -> Forward:
        return self._forward_request(call.sizes, call.inputs, call.theta, call.old, None, None)

    def _ready(self, sizes: Sizes) -> None:
        if self._worker is None or self._loaded_for != self._constants_for(sizes):
            self.load(sizes)

    def _in_own_dtype(self, sizes: Sizes) -> Sizes:
        """The sizes of a call; a file that sets the default dtype to float64 is called in that."""
        return replace(sizes, dtype="float64") if self._own_dtype == "float64" else sizes

    def _constants_for(self, sizes: Sizes) -> dict[str, int | str]:
        return {
            name: sizes.device if kind == "device" else requests.size(kind, sizes)
            for name, kind in self._constants.items()
        }

    def _ask(self, request: Request, expected: type[R], role: Doing, seconds: float) -> R:
        self._refuse_lost(role)
        if self._worker is None:
            self._worker = self._spawner.spawn(self._rights)
            self.protections = self._worker.protections
        try:
            reply = self._timed(self._worker, request, seconds)
            if not isinstance(reply, expected | Raised):
                raise InvalidReply(
                    f"{type(reply).__name__} is no answer to {type(request).__name__}"
                )
            self._examiner.examine(request, reply)
        except WorkerLost as error:
            raise self._forget(StudentLost(error, role)) from None
        self.meter.bytes += replies.weight(reply)
        self._plainly.update(dict.fromkeys(getattr(reply, "plainly", ())))
        if len(self.meter.printed) < 1000:
            self.meter.printed.append(reply.output)
        delegated = _delegated(reply)
        if self.delegated is None or (self.delegated.frame is None and delegated):
            self.delegated = delegated
        if isinstance(reply, Raised):
            if delegated and not self._rights.recurrence:
                self._allow_recurrence()
                return self._ask(request, expected, role, seconds)
            raise StudentRaised(reply, role)
        return reply

    def _allow_recurrence(self) -> None:
        """Go on in a worker that has torch's own recurrence, so that the rest can be judged."""
        self._rights = msgspec.structs.replace(self._rights, recurrence=True)
        made = [self._makes[handle] for handle in self._made]
        constants = self._loaded_for or {}
        self.close()
        self._ask(
            msgspec.structs.replace(self._load, constants=constants), Loaded, "load", LOAD_SECONDS
        )
        for request in made:
            self._ask(request, Made, "forward", CALL_SECONDS)

    def _timed(self, worker: Worker, request: Request, seconds: float) -> Reply:
        """Ask, by our own clock: what a worker says of time is nothing to go by."""
        self.meter.calls += 1
        start = time.monotonic()
        try:
            return worker.ask(request, seconds)
        finally:
            self.meter.seconds += time.monotonic() - start

    def _refuse_lost(self, role: Doing) -> None:
        """A function that has cost several workers, or all that there is of something, rests."""
        meter = self.meter
        if meter.seconds > self._limit:
            raise StudentLost(WorkerTimeout(f"more than {self._limit:g} s in all"), role)
        if meter.calls > MAX_CALLS:
            raise StudentLost(WorkerTimeout(f"more than {MAX_CALLS} calls in all"), role)
        if meter.bytes > MAX_BYTES:
            raise StudentLost(InvalidReply(f"more than {MAX_BYTES >> 20} MB in all"), role)
        if self._garbled is not None:
            raise self._garbled
        losses = self._losses.get(role, [])
        # a file that did not load in time is not waited for again
        hangs = bool(losses) and role == "load" and isinstance(losses[-1].cause, WorkerTimeout)
        if hangs or len(losses) >= MAX_LOST_WORKERS:
            raise losses[-1]

    def _forget(self, loss: StudentLost) -> StudentLost:
        self.close()
        self._made.clear()
        self._loaded_for = None
        self._losses.setdefault(loss.role, []).append(loss)
        if isinstance(loss.cause, InvalidReply):
            self._garbled = loss  # no accident, so that nothing is asked again
        return loss


def _delegated(reply: Reply) -> Delegation | None:
    """The first use of somebody else's recurrence that a reply tells of, one with a line if any."""
    told = reply.delegations if isinstance(reply, Raised | Made | Ran) else ()
    return next((one for one in told if one.frame is not None), told[0] if told else None)
