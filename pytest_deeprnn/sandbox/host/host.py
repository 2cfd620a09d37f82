"""Loads one submission and answers calls of its functions: the untrusted side of the boundary.

Nothing here decides anything. It runs where the student's code could rewrite it.
"""

from __future__ import annotations

import contextlib
import sys
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
import torch
from torch import Tensor

from pytest_deeprnn.sandbox.host import (
    command_line,
    containers,
    descriptions,
    fake_device,
    inspect_module,
    loading,
    recurrence_block,
)
from pytest_deeprnn.sandbox.host.capture import Captured
from pytest_deeprnn.sandbox.host.d2l_stub.edition import Book
from pytest_deeprnn.sandbox.host.descriptions import listed
from pytest_deeprnn.sandbox.host.eager_mode import Plainly
from pytest_deeprnn.sandbox.host.exceptions import Stage, describe, raises
from pytest_deeprnn.sandbox.host.float64_mode import Double, Exact
from pytest_deeprnn.sandbox.host.jacobian import gradients, jacobian
from pytest_deeprnn.sandbox.host.keep_graph import Uncut
from pytest_deeprnn.sandbox.host.recorder import Tape, origins
from pytest_deeprnn.sandbox.host.retain_grad import predicting
from pytest_deeprnn.sandbox.host.side_effects import Before, Changes, differs
from pytest_deeprnn.sandbox.host.surroundings import Surroundings
from pytest_deeprnn.sandbox.host.torch_settings import Setting
from pytest_deeprnn.sandbox.protocol.limits import MAX_LEAVES, MAX_LISTED, MAX_ORIGINS
from pytest_deeprnn.sandbox.protocol.messages import (
    Argument,
    Array,
    Device,
    Differentiated,
    Forward,
    FunctionRole,
    Given,
    Inspect,
    Inspected,
    Invocation,
    Jacobian,
    Load,
    Loaded,
    Made,
    Make,
    Named,
    Number,
    Observe,
    Observed,
    Origin,
    Raised,
    Ran,
    Record,
    Recorded,
    Reply,
    Request,
    Settle,
    Settled,
    Spot,
    Stopped,
    Watch,
    Watched,
    Widths,
)
from pytest_deeprnn.sandbox.protocol.object_path import reach
from pytest_deeprnn.sandbox.protocol.text import class_name
from pytest_deeprnn.sandbox.tensors import DTYPES, pack, unpack


class _Failed(Exception):
    """Carries what the student's code raised, and what was being done."""

    def __init__(self, cause: BaseException, stage: Stage) -> None:
        super().__init__(stage)
        self.cause = cause
        self.stage = stage


@contextlib.contextmanager
def _stage(stage: Stage) -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        raise _Failed(error, stage) from error


@dataclass(frozen=True)
class Called:
    """What one forward call was given and gave."""

    outputs: list[Tensor]
    state: list[Tensor]
    params: list[Tensor]
    ran: Ran


class Host:
    """Holds the loaded module and the containers that it returned."""

    def __init__(self, refusal: recurrence_block.Refusal | None = None) -> None:
        """`refusal` stands in the place of torch's own recurrence where that is refused."""
        self._refusal = refusal or recurrence_block.Refusal()
        self._book = Book(self._refusal.take_from_book)
        self._module = types.ModuleType("unloaded")
        self._containers: dict[str, object] = {}
        self._last: dict[str, object] = {}
        self._filenames: set[str] = set()
        self._double = False
        self._exact = False
        self._surroundings = Surroundings()
        self._setting = Setting()
        self._plainly = Plainly()
        self.captured = Captured()
        self.error: BaseException | None = None  # the last one raised, for a debugger

    def answer(self, request: Request) -> Reply:
        """Do what is asked; whatever the student's code raises becomes a Raised."""
        self._refusal.take()  # what an earlier call did is no part of this answer
        if isinstance(request, Load) and request.units:
            self._surroundings.start(request.units[0].filename)
        try:
            with (
                self._surroundings.held(),
                self._plainly.held(),
                self._setting.held(DTYPES[_dtype(request)]),
                self._precision(request),
                self._book.open(isinstance(request, Load)),
            ):
                return self._answer(request)
        except _Failed as failed:
            self.error = failed.cause
            return self._raised(failed.cause, failed.stage)

    def _answer(self, request: Request) -> Reply:
        match request:
            case Load():
                return self._load(request)
            case Inspect():
                return self._inspect(request)
            case Make():
                return self._make(request)
            case Forward():
                return self._forward(request).ran
            case Jacobian():
                return self._jacobian(request)
            case Watch():
                return self._watch(request)
            case Observe():
                return self._observe(request)
            case Settle():
                return self._settle(request)
            case Record():
                return self._record(request)

    def _raised(self, error: BaseException, stage: Stage) -> Raised:
        described = describe(error, stage, self._filenames)
        return Raised(
            type=described.type,
            message=described.message,
            frames=described.frames,
            stage=stage,
            delegations=self._refusal.take(),
            output=self.captured.take(),
        )

    def _precision(self, request: Request) -> contextlib.AbstractContextManager[object]:
        """How numbers are rounded; roles are found without any rounding that can be avoided."""
        if isinstance(request, Load):
            self._double, self._exact = request.double, request.exact
        exact = isinstance(request, Jacobian) or getattr(request, "exact", False)
        if self._exact and exact:
            return Exact()
        wanted = self._double and _dtype(request) == "float64"
        return Double() if wanted else contextlib.nullcontext()

    def _load(self, request: Load) -> Loaded:
        self._filenames = loading.filenames(request)
        self._refusal.filenames = self._filenames
        self._containers.clear()
        with _stage("load"), self._setting.loading(), command_line.optional():
            self._module, failures = loading.load(request, self._book)
        defined = [path for path in request.needed if self._is_callable(path)]
        return Loaded(
            defined=tuple(defined),
            failures=failures,
            dtype=self._setting.dtype,
            plainly=self._plainly.take(),
            output=self.captured.take(),
        )

    def _is_callable(self, path: str) -> bool:
        try:
            return callable(reach(self._module, path))
        except BaseException:  # a property of the student's may raise anything
            return False

    def _inspect(self, request: Inspect) -> Inspected:
        with _stage("load"):
            found = inspect_module.callables(self._module, request.names, self._filenames)
        return Inspected(found=found, output=self.captured.take())

    def _call(self, invocation: Invocation, given: dict[str, object], lasting: bool = False) -> Any:
        """Call one of the functions; a gradient mode that it leaves may last."""
        with _stage("call"):
            function: Callable[..., Any] = reach(self._module, invocation.function)
        args = [self._argument(value, given) for value in invocation.args]
        kwargs = {name: self._argument(value, given) for name, value in invocation.kwargs.items()}
        with _stage("call"), self._setting.calling(lasting):
            return function(*args, **kwargs)

    def _argument(self, argument: Argument, given: dict[str, object]) -> object:
        with _stage("call"):
            return (
                reach(self._module, argument.path)
                if isinstance(argument, Named)
                else _argument(argument, given)
            )

    def _make(self, request: Make) -> Made:
        with _uninitialised_as_nan():
            made = self._call(request.invocation, {}, lasting=True)
        self._containers[request.handle] = made
        with _stage("returned"):
            described = descriptions.leaves(made)
        return Made(
            container=class_name(made),
            leaves=described,
            delegations=self._refusal.take(),
            plainly=self._plainly.take(),
            output=self.captured.take(),
        )

    def _forward(self, request: Forward, old: list[Tensor] | None = None) -> Called:
        params = self._params(request)
        given = self._given(request, params, old)
        if request.again:
            given = self._given_again(given)
        self._last = {**given, "leaves": descriptions.tensors(given["state"])}
        with torch.set_grad_enabled(request.tracked), predicting(not request.tracked):
            result = self._call(request.invocation, given)
        with _stage("returned"):
            values, outputs, state = descriptions.parts(result)
            output_leaves, state_leaves = descriptions.tensors(outputs), descriptions.tensors(state)
            described = descriptions.leaves(outputs), descriptions.leaves(state)
        if request.keep is not None:
            self._containers[request.keep] = state
        taken: tuple[Array | None, ...] | None = None
        failure: Raised | None = None
        if request.cotangent is not None:
            try:
                taken = gradients(output_leaves, params, unpack(request.cotangent))
            except BaseException as error:
                failure = self._raised(error, "backward")
        ran = Ran(
            values=min(values, MAX_LEAVES),
            outputs_container=class_name(outputs),
            outputs=described[0],
            state_container=class_name(state),
            state=described[1],
            gradients=taken,
            gradient_error=failure,
            delegations=self._refusal.take(),
            plainly=self._plainly.take(),
            output=self.captured.take(),
        )
        return Called(outputs=output_leaves, state=state_leaves, params=params, ran=ran)

    def _given(
        self, request: Forward, params: list[Tensor], old: list[Tensor] | None = None
    ) -> dict[str, object]:
        """The arguments of a call, built anew for it."""
        with _stage("rebuild"):
            return {
                "inputs": unpack(request.inputs),
                "params": _rebuilt(self._containers[request.params], params),
                "state": self._state(request, old),
            }

    def _given_again(self, given: dict[str, object]) -> dict[str, object]:
        """The arguments of the call before, its state in a container as it was then."""
        leaves = self._last["leaves"]
        assert isinstance(leaves, list)
        with _stage("rebuild"):
            return {**self._last, "state": _rebuilt(given["state"], leaves)}

    def _params(self, request: Forward, values: list[Tensor] | None = None) -> list[Tensor]:
        """New leaves with the given numbers, of the same class as those that were made."""
        made = descriptions.tensors(self._containers[request.params])
        if values is None:
            values = [unpack(array) for array in request.params_values]
        return [
            torch.nn.Parameter(value, request.tracked)
            if isinstance(leaf, torch.nn.Parameter)
            else value.requires_grad_(request.tracked)
            for leaf, value in zip(made, values, strict=True)
        ]

    def _state(self, request: Forward, old: list[Tensor] | None) -> object:
        container = self._containers[request.state]
        if old is None and request.state_values is None:
            return container
        values = [unpack(array) for array in request.state_values or ()] if old is None else old
        return _rebuilt(container, values)

    def _jacobian(self, request: Jacobian) -> Differentiated:
        call = request.call
        made = [unpack(array) for array in (*call.params_values, *(call.state_values or ()))]
        count = len(call.params_values)

        def run(track: bool) -> tuple[list[Tensor], Called]:
            """Run with these numbers; the leaves that are watched, and what came."""
            watched = [leaf.clone().requires_grad_(track) for leaf in made[count:]]
            # a clone, since writing into a leaf that requires a gradient is not allowed
            old = [leaf.clone() for leaf in watched]
            called = self._forward(msgspec.structs.replace(call, state_values=None), old)
            return called.params + watched, called

        def at(shift: Tensor) -> list[Tensor]:
            """What comes with all numbers shifted: asked for often, so nothing is described."""
            pieces = shift.split([leaf.numel() for leaf in made])
            values = [leaf + one.view_as(leaf) for leaf, one in zip(made, pieces, strict=True)]
            params = self._params(call, values[:count])
            result = self._call(call.invocation, self._given(call, params, values[count:]))
            self.captured.take()
            with _stage("returned"):
                return _numbers_of(result)

        watched, called = _tracked(run)
        with _stage("backward"):
            numbers = sum(leaf.numel() for leaf in called.outputs + called.state)
            descriptions.refuse_many(numbers * leaf.numel() for leaf in watched)
            values = called.outputs + called.state
            rows, slope = jacobian(at, watched, values, request.numeric, request.slope)
        return Differentiated(
            ran=called.ran,
            rows=rows.shape[0],
            columns=rows.shape[1],
            data=pack(rows).data,
            slope=pack(slope).data,
            output=self.captured.take(),
        )

    def _watch(self, request: Watch) -> Watched:
        with recurrence_block.refused(self._filenames) as seen:
            try:
                self._forward(request.call)
            except _Failed:
                if not seen:
                    raise
        return Watched(
            delegations=tuple(seen)[:MAX_LISTED],
            output=self.captured.take(),
        )

    def _observe(self, request: Observe) -> Observed:
        call = request.call
        params = self._params(call)
        given = self._given(call, params)
        before = Before(given)
        with Changes(before, self._filenames) as changes:
            result = self._call(call.invocation, given)
        changed, replaced = before.changed(), before.replaced()
        kept, settings = before.kept("params"), before.settings()
        return Observed(
            changed=listed(changed),
            where=changes.where,
            replaced=listed(replaced),
            kept=listed(kept),
            again="" if changed or settings else self._again(call, given["params"], result),
            settings=settings,
            output=self.captured.take(),
        )

    def _again(self, call: Forward, container: object, before: object) -> str:
        """How a call with the same params object differs from the one before, "" for not at all."""
        first = [one.detach().clone() for one in _numbers_of(before)]
        given = {"inputs": unpack(call.inputs), "params": container}
        try:
            given["state"] = self._state(call, None)
            result = self._call(call.invocation, given)
        except _Failed as failed:
            return raises(failed.cause)
        second = [one.detach() for one in _numbers_of(result)]
        return "gives different numbers" if differs(first, second) else ""

    def _record(self, request: Record) -> Recorded:
        made = [self._origins(request.get_params), self._origins(request.init_state)]
        call = request.call
        params = self._params(call)
        given = self._given(call, params)
        inputs = given["inputs"]
        assert isinstance(inputs, Tensor)
        known = [*params, *descriptions.tensors(given["state"])]
        outputs: object = ()
        state: object = ()
        with Tape(self._filenames, known, inputs) as tape, contextlib.suppress(_Failed):
            result = self._call(call.invocation, given)
            _, outputs, state = descriptions.parts(result)
        return Recorded(
            steps=tuple(tape.steps),
            params=made[0],
            state=made[1],
            names=tuple(tape.name(leaf) for leaf in known),
            outputs=tuple(tape.maker(leaf) for leaf in descriptions.tensors(outputs)),
            new=tuple(tape.maker(leaf) for leaf in descriptions.tensors(state)),
            output=self.captured.take(),
        )

    def _origins(self, invocation: Invocation) -> tuple[Origin, ...]:
        """The lines that make each number tensor of get_params or init_state."""
        with Tape(self._filenames, (), None) as tape:
            made = self._call(invocation, {})
        return origins(tape, descriptions.tensors(made)[:MAX_ORIGINS])

    def _settle(self, request: Settle) -> Settled:
        spots: dict[str, tuple[Spot, ...]] = {}
        given: dict[str, object] = {"inputs": unpack(request.inputs).to(fake_device.DEVICE)}
        stopped: Stopped | None = None
        steps: tuple[tuple[FunctionRole, str], ...] = (
            ("get_params", "params"),
            ("init_state", "state"),
            ("forward", "outputs"),
        )
        with fake_device.StandIn(self._filenames) as stand_in:
            for role, name in steps:
                try:
                    given[name] = self._call(getattr(request, role), given)
                except _Failed as failed:
                    raised = self._raised(failed.cause, failed.stage)
                    stopped = Stopped(
                        role=role, mixed=stand_in.mixed, raised=raised, made=stand_in.made
                    )
                    break
                spots[name] = descriptions.spots(given[name])
        return Settled(
            params=spots.get("params", ()),
            state=spots.get("state", ()),
            outputs=spots.get("outputs", ()),
            stopped=stopped,
            synchronised=stand_in.synchronised,
            output=self.captured.take(),
        )


def _tracked(
    run: Callable[[bool], tuple[list[Tensor], Called]],
) -> tuple[list[Tensor], Called]:
    """Run so that gradients can be taken: through cuts, else as it stands, else without any.

    A state that belongs to a graph cannot be deep-copied or made a numpy array; a submission
    may do either, and its numbers are then differentiated numerically.
    """
    for mode in (Uncut(), contextlib.nullcontext()):
        try:
            with mode:
                return run(True)
        except _Failed:
            continue
    return run(False)


def _dtype(request: Request) -> str:
    """The default dtype that a request asks for, itself or in the call that it carries."""
    return getattr(getattr(request, "call", request), "dtype", "float64")


def _argument(argument: Argument, given: dict[str, object]) -> object:
    match argument:
        case Number(value=value):
            return value
        case Device(name=name):
            return torch.device(name)
        case Given(what=what, part=part):
            return given[what] if part is None else _part(given[what], part)
        case Widths(value=widths):
            return list(widths)
        case Named(path=path):
            raise TypeError(f"{path} stands in the module")


def _part(container: Any, at: int) -> object:
    return (list(container.values()) if isinstance(container, dict) else container)[at]


def _rebuilt(container: object, values: list[Tensor]) -> object:
    remaining = iter(values)

    def replace(leaf: object) -> object:
        return next(remaining) if descriptions.is_number_tensor(leaf) else leaf

    return containers.rebuild(container, replace)


def _numbers_of(result: object) -> list[Tensor]:
    """All tensors of outputs and state."""
    _, outputs, state = descriptions.parts(result)
    return descriptions.tensors(outputs) + descriptions.tensors(state)


@contextlib.contextmanager
def _uninitialised_as_nan() -> Iterator[None]:
    """Let torch.empty give NaN: else what lies in memory decides what is seen."""
    torch.set_deterministic_debug_mode("warn")  # the other way to it loads torch's compilers
    try:
        yield
    finally:
        torch.set_deterministic_debug_mode("default")


def capture(host: Host) -> None:
    """Send what the student's code prints to the host instead of the terminal."""
    sys.stdout = sys.stderr = host.captured
