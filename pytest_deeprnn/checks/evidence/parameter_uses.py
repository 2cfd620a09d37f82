"""Which operations of a recorded call compute with which pieces of the parameters."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from pytest_deeprnn.measurement.recording.recording import Recording
from pytest_deeprnn.sandbox.protocol.messages import Read, Step

#: What makes tensors reads others for their shape, dtype and device only.
_MAKING = ("zeros", "ones", "empty", "full", "rand", "_like", "new_")
_PRODUCTS = ("mm", "matmul", "__matmul__", "__rmatmul__", "linear", "einsum", "addmm", "dot")
ACTIVATIONS = ("tanh", "sigmoid", "relu", "tanh_", "sigmoid_", "relu_")
_HOPS = 6  # from a product through its sums to the activation


@dataclass(frozen=True)
class Piece:
    """The elements of one parameter that the same operations read, in their order."""

    leaf: int
    elements: tuple[int, ...]
    whole: bool
    used: tuple[int, ...]


@dataclass(frozen=True)
class Uses:
    """A recorded call as uses of parameters; operations are told by their numbers."""

    recording: Recording

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """All parameters, cut where one part is read by other operations than the next."""
        used = self._used
        found: list[Piece] = []
        start = 0
        for leaf, value in enumerate(self.recording.call.theta):
            by_use: dict[tuple[int, ...], list[int]] = defaultdict(list)
            for element in range(start, start + value.numel()):
                by_use[tuple(used[element])].append(element)
            found += [
                Piece(leaf, tuple(held), len(by_use) == 1, use) for use, held in by_use.items()
            ]
            start += value.numel()
        return tuple(found)

    @cached_property
    def _used(self) -> dict[int, list[int]]:
        used: dict[int, list[int]] = defaultdict(list)
        for number, step in enumerate(self.recording.steps):
            if self.computes(step):
                read = [one for one in step.reads if not self._computed(one)]
                for element in {element for one in read for element in one.elements}:
                    used[element].append(number)
        return used

    def computes(self, step: Step) -> bool:
        """Whether an operation does more than cut, turn, join or look at tensors."""
        if not step.result or any(part in step.operation for part in _MAKING):
            return False
        # with a one-hot input the product is a row of the weight
        multiplied = step.operation in _PRODUCTS and any(read.inputs for read in step.reads)
        return multiplied or not self.recording.is_view(step)

    def _computed(self, read: Read) -> bool:
        return read.step >= 0 and self.computes(self.recording.steps[read.step])

    def leaves_at(self, number: int) -> frozenset[int]:
        """The parameters that an operation reads."""
        return frozenset(piece.leaf for piece in self.pieces if number in piece.used)

    def companions(self, number: int) -> frozenset[int]:
        """The other parameters in the weighted sum that an operation's result is added to."""
        summed = [number]
        while len(summed) <= _HOPS:
            after = self._after(summed[-1])
            if after is None or self.recording.steps[after].operation in ACTIVATIONS:
                break
            summed.append(after)
        around = {near for one in summed for near in self._before(one)}
        return frozenset(leaf for one in around - {number} for leaf in self.leaves_at(one))

    def _after(self, number: int) -> int | None:
        """The first operation that computes with another one's result."""
        for other, step in enumerate(self.recording.steps):
            if other > number and any(read.step == number for read in step.reads):
                return other
        return None

    def _before(self, number: int) -> set[int]:
        """An operation and those whose results it is made of, up to the activations."""
        found = latest = {number}
        for _ in range(_HOPS):
            read = {one.step for n in latest for one in self.recording.steps[n].reads} - {-1}
            latest = {n for n in read if self.recording.steps[n].operation not in ACTIVATIONS}
            found = found | latest
        return found

    def reaches(self, number: int) -> frozenset[int]:
        """All operations that an operation's result flows into, itself included."""
        reached = {number}
        for other, step in enumerate(self.recording.steps):
            if other > number and any(read.step in reached for read in step.reads):
                reached.add(other)
        return frozenset(reached)
