"""Records what the student's functions compute, operation by operation, with their lines.

What a parameter does is found by numbers alone; the tape only says where in the text it is done.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import torch
from torch import Tensor
from torch.overrides import TorchFunctionMode
from torch.utils._pytree import tree_leaves

from pytest_deeprnn.sandbox.host.exceptions import running
from pytest_deeprnn.sandbox.protocol.limits import (
    MAX_AXES,
    MAX_LISTED,
    MAX_READS,
    MAX_RECORDED,
    MAX_RESULT,
    MAX_STEPS,
)
from pytest_deeprnn.sandbox.protocol.messages import Bound, Frame, Origin, Read, Step
from pytest_deeprnn.sandbox.protocol.text import name as sent

_NOTHING_NEW = ("requires_grad_", "dim", "size", "numel")
#: They give the numbers that they are given, where a value is put in a tensor's place.
_MOVING = ("__get__", "to", "cpu", "cuda", "detach", "contiguous")
_MOST_NUMBERS = 400
_MOST_IN_ALL = MAX_RECORDED // 2  # what one step adds is bounded by itself


class Tape(TorchFunctionMode):
    """Records every torch function that the submission calls.

    `known` are tensors of random numbers, parameters and old state in their order: each number
    tells by its value which element it is, however often it was cut out, turned or joined.
    """

    def __init__(self, filenames: set[str], known: Sequence[Tensor], inputs: Tensor | None) -> None:
        super().__init__()
        self.steps: list[Step] = []
        self._filenames = filenames
        self._elements = _numbered(known)
        self._inputs = set() if inputs is None else {id(inputs)}
        self._makers: dict[int, int] = {}
        self._first: dict[int, int] = {}
        self._kept: list[Tensor] = []  # so that no id is used twice
        self._bound = _Bindings(filenames)
        self._room = _MOST_IN_ALL

    def __enter__(self) -> Tape:
        """Start recording."""
        super().__enter__()  # type: ignore[no-untyped-call]  # torch gives it no types
        sys.settrace(self._bound.trace)
        return self

    def __exit__(self, *raised: Any) -> None:
        """Stop recording."""
        sys.settrace(None)
        super().__exit__(*raised)  # type: ignore[no-untyped-call]  # torch gives it no types

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Iterable[type],
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """Call the function and note what it read and where."""
        kwargs = dict(kwargs or {})
        read = _tensors((args, kwargs))
        reads = [self._read(tensor) for tensor in read]
        result = func(*args, **kwargs)
        frames = running(sys._getframe(1), self._filenames)
        if frames and len(self.steps) < MAX_STEPS and self._room > 0:
            self._note(func, read, reads, args, result, frames, _axis(args, kwargs))
        return result

    def maker(self, tensor: Tensor) -> int:
        """The step that made a tensor, -1 where none did."""
        return self._makers.get(id(tensor), -1)

    def first_maker(self, tensor: Tensor) -> int:
        """The step that made a tensor's memory, whatever was done to it since; -1 for none."""
        return self._first.get(tensor.untyped_storage().data_ptr(), -1)

    def name(self, tensor: Tensor) -> str:
        """The last name that a tensor made elsewhere was given, "" for none."""
        bound = self._bound.of(tensor)
        return bound[-1].name if bound else ""

    def _note(
        self,
        func: Callable[..., Any],
        read: list[Tensor],
        reads: list[Read],
        args: tuple[Any, ...],
        result: Any,
        frames: tuple[Frame, ...],
        axis: int | None,
    ) -> None:
        name = str(getattr(func, "__name__", func))
        made = _tensors(result)
        if name in _NOTHING_NEW:
            return
        if not made and name in ("__setitem__", "__set__") and isinstance(args[0], Tensor):
            made = [args[0]]
        if name == "__get__" and not any(one is not two for one in made for two in read):
            return
        views = bool(read) and all(id(tensor) in self._inputs for tensor in read)
        for tensor in made:
            self._kept.append(tensor)
            self._makers[id(tensor)] = len(self.steps)
            with torch._C.DisableTorchFunction():
                pointer = tensor.untyped_storage().data_ptr()
            self._first.setdefault(pointer, len(self.steps))
            if views:
                self._inputs.add(id(tensor))
        self._bound.born(made, frames[-1])
        self._append(
            Step(
                operation=sent(name),
                axis=axis,
                frames=frames,
                reads=tuple(reads[:MAX_READS]),
                result=tuple(number for tensor in made for number in _numbers(tensor))[:MAX_RESULT],
            )
        )

    def _append(self, step: Step) -> None:
        self._room -= len(step.result) + 10 * len(step.frames)
        self._room -= sum(len(read.elements) + 20 * len(read.bound) for read in step.reads)
        self.steps.append(step)

    def _read(self, tensor: Tensor) -> Read:
        self._kept.append(tensor)
        return Read(
            elements=self._known(tensor),
            step=self.maker(tensor),
            inputs=id(tensor) in self._inputs,
            bound=self._bound.of(tensor),
        )

    def _known(self, tensor: Tensor) -> tuple[int, ...]:
        """The elements that a tensor is made of, () where it holds any other number."""
        found = [self._elements.get(number) for number in _numbers(tensor)]
        whole = [element for element in found if element is not None]
        return tuple(whole) if len(whole) == len(found) else ()


class _Bindings:
    """Where a name was last bound to a tensor that another line had made."""

    def __init__(self, filenames: set[str]) -> None:
        self._filenames = filenames
        self._names: dict[int, tuple[int, dict[str, int]]] = {}
        self._places: dict[int, tuple[Bound, ...]] = {}
        self._births: dict[int, tuple[str, int]] = {}

    def born(self, made: list[Tensor], frame: Frame) -> None:
        """A step made these tensors in this line."""
        for tensor in made:
            self._births[id(tensor)] = frame.filename, frame.line
            self._places.pop(id(tensor), None)

    def of(self, tensor: Tensor) -> tuple[Bound, ...]:
        """The names that a tensor was given by other lines than the one that made it."""
        return self._places.get(id(tensor), ())

    def trace(self, frame: types.FrameType, event: str, argument: Any) -> Any:
        """Follow the lines of the submission's own functions."""
        if frame.f_code.co_filename not in self._filenames:
            return None
        if event == "call":
            self._names.pop(id(frame), None)  # of a frame that ended, and whose place this one has
        self._look(frame)
        return self.trace

    def _look(self, frame: types.FrameType) -> None:
        line, before = self._names.get(id(frame), (frame.f_lineno, {}))
        now = {name: id(value) for name, value in frame.f_locals.items() if _is_tensor(value)}
        first = id(frame) not in self._names
        for name, tensor in now.items():
            new = before.get(name) != tensor and not first
            if new and self._births.get(tensor) != (frame.f_code.co_filename, line):
                code = frame.f_code
                filename, function = sent(code.co_filename), sent(code.co_name)
                place = Frame(filename=filename, line=line, function=function)
                bound = Bound(name=sent(name), frame=place)
                self._places[tensor] = (*self._places.get(tensor, ()), bound)[-MAX_LISTED:]
        self._names[id(frame)] = frame.f_lineno, now


def origins(tape: Tape, leaves: Sequence[object]) -> tuple[Origin, ...]:
    """The lines that made each leaf; empty where they are not known."""
    return tuple(_origin(tape, leaf) for leaf in leaves)


def _origin(tape: Tape, leaf: object) -> Origin:
    if not isinstance(leaf, Tensor):
        return Origin(made=(), filled=())
    first, last = tape.first_maker(leaf), _filling(tape, tape.maker(leaf))
    return Origin(
        made=tape.steps[first].frames if first >= 0 else (),
        filled=tape.steps[last if last >= 0 else first].frames if max(first, last) >= 0 else (),
    )


def _filling(tape: Tape, last: int) -> int:
    """The step whose numbers a leaf holds, -1 for its first: `p.data = p.data.to(d)` only moves."""
    moved = last
    while moved >= 0 and tape.steps[moved].reads:
        step = tape.steps[moved]
        if step.operation == "__set__" and len(step.reads) > 1:
            moved = step.reads[1].step
        elif step.operation in _MOVING and moved != last:
            moved = step.reads[0].step
        else:
            break
    return moved


def _is_tensor(value: object) -> bool:
    return isinstance(value, Tensor)


def _tensors(tree: Any) -> list[Tensor]:
    return [leaf for leaf in tree_leaves(tree) if isinstance(leaf, Tensor)]


def _numbered(known: Sequence[Tensor]) -> dict[float, int]:
    flat = [number for tensor in known for number in tensor.detach().reshape(-1).tolist()]
    return {number: index for index, number in enumerate(flat)}


def _numbers(tensor: Tensor) -> list[float]:
    if not tensor.is_floating_point() or not 0 < tensor.numel() <= _MOST_NUMBERS:
        return []
    with torch._C.DisableTorchFunction():
        numbers: list[float] = tensor.detach().reshape(-1).tolist()
    return numbers


def _axis(args: tuple[Any, ...], kwargs: dict[str, Any]) -> int | None:
    """The one axis that a function works along, where it is given one."""
    given = kwargs.get("dim", kwargs.get("axis"))
    if given is None and len(args) > 1 and type(args[1]) is int:
        given = args[1]
    return given if type(given) is int and abs(given) <= MAX_AXES else None
