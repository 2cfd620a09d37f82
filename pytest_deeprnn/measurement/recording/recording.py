"""One recorded call beside the roles: which line does what for which layer and gate."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from pytest_deeprnn.core.tolerances import RECORDED
from pytest_deeprnn.measurement.alignment.align import Alignment
from pytest_deeprnn.measurement.alignment.role_types import LayerFound
from pytest_deeprnn.measurement.alignment.sensitivities import FirstCall
from pytest_deeprnn.measurement.traces import Traces
from pytest_deeprnn.sandbox.protocol.messages import Frame, Read, Recorded, Step


@dataclass(frozen=True)
class Recording:
    """A call at generic sizes, B = 1 and T = 1, and the alignment whose first call it repeats.

    Where no roles are known there is no alignment, and what a line does for a layer stays open.
    """

    recorded: Recorded
    call: FirstCall
    alignment: Alignment | None

    @property
    def steps(self) -> tuple[Step, ...]:
        """All operations in their order."""
        return self.recorded.steps

    @cached_property
    def _owners(self) -> list[frozenset[tuple[int, str]]]:
        """The layer and weight that each parameter element serves as."""
        if self.alignment is None:
            return []
        naming = self.alignment.naming
        owners = [
            frozenset() if role is None else frozenset({(role.layer, role.weight)})
            for role in naming.roles
        ]
        for element, one, other in naming.doubled:
            owners[element] |= {(one.layer, one.weight), (other.layer, other.weight)}
        return owners

    @cached_property
    def _weights(self) -> dict[int, frozenset[tuple[int, str]]]:
        """What `weights_of` found, by the operation's identity: it is asked again and again."""
        return {}

    @cached_property
    def _known(self) -> frozenset[float]:
        tensors = (*self.call.theta, *self.call.old)
        return frozenset(number for tensor in tensors for number in tensor.flatten().tolist())

    @property
    def layers(self) -> tuple[LayerFound, ...]:
        """The layers that were recognised."""
        return () if self.alignment is None else self.alignment.naming.layers

    @property
    def idle(self) -> tuple[str, ...]:
        """The paths of parameters that influence nothing."""
        if self.alignment is None:
            return ()
        floats = self.alignment.sensitivities.params.floats
        return tuple(f"params{floats[leaf].path}" for leaf in self.alignment.unused_leaves)

    def is_weight(self, read: Read) -> bool:
        """Whether what was read is made of parameters alone."""
        count = sum(tensor.numel() for tensor in self.call.theta)
        return bool(read.elements) and all(element < count for element in read.elements)

    def is_view(self, step: Step) -> bool:
        """Whether an operation only cuts, turns or joins parameters and old state."""
        return bool(step.result) and all(number in self._known for number in step.result)

    def weights_of(self, step: Step) -> frozenset[tuple[int, str]]:
        """The layers and weights whose elements an operation reads."""
        known = self._weights.get(id(step))
        if known is None:
            known = self._weights[id(step)] = self._read_by(step)
        return known

    def _read_by(self, step: Step) -> frozenset[tuple[int, str]]:
        read = [element for one in step.reads for element in one.elements]
        owners = [self._owners[element] for element in read if element < len(self._owners)]
        return frozenset().union(*owners) if owners else frozenset()

    def using(self, layer: int, fits: Callable[[str], bool]) -> list[Step]:
        """The operations that compute with a layer's weights of these names."""
        return [
            step
            for step in self.steps
            if not self.is_view(step)
            and any(number == layer and fits(name) for number, name in self.weights_of(step))
        ]

    def giving(self, values: Iterable[float]) -> list[Step]:
        """The operations whose result holds all these numbers."""
        wanted = list(values)
        return [step for step in self.steps if wanted and _holds(step.result, wanted)]

    def hidden(self, layer: int) -> list[float]:
        """H of a layer in this call, () where the layer is not recognised."""
        if not 0 < layer <= len(self.layers):
            return []
        return [float(value[0]) for value in self.layers[layer - 1].found.values]

    def memory(self, layer: int) -> list[float]:
        """C of a layer in this call."""
        if not 0 < layer <= len(self.layers):
            return []
        return [float(value[0]) for value in self.layers[layer - 1].found.memory_values]

    def sums(self, layer: int, subscript: str) -> list[float]:
        """A gate's pre-activations in this call."""
        if self.alignment is None or not 0 < layer <= len(self.layers):
            return []
        groups = self.alignment.grouping.groups
        gates = self.layers[layer - 1].found.gates
        return [float(groups[g.group].value[0]) for g in gates if g.subscript == subscript]

    def made(self, which: str) -> list[Step]:
        """The operations that made the leaves of outputs ("outputs") or of the new state."""
        numbers = self.recorded.outputs if which == "outputs" else self.recorded.new
        return [self.steps[number] for number in numbers if number >= 0]

    def after(self, step: Step) -> Iterator[Step]:
        """The operations that read an operation's result."""
        number = self.steps.index(step)
        for other in self.steps[number + 1 :]:
            if any(one.step == number for one in other.reads):
                yield other

    def line(self, step: Step) -> Frame:
        """The innermost line of an operation."""
        return step.frames[-1]

    def call_site(self, step: Step, layer: int) -> Frame:
        """The innermost line that serves this layer alone; a helper's line may serve several."""
        for depth in range(len(step.frames) - 1, -1, -1):
            if self._layers_at(step.frames[depth], whole=depth > 0) <= {layer}:
                return step.frames[depth]
        return step.frames[-1]

    def _layers_at(self, place: Frame, whole: bool) -> set[int]:
        """The layers that a line serves, or the `whole` function around it."""
        return {
            layer
            for step in self.steps
            if not self.is_view(step)
            and any(
                (frame.filename, frame.function) == (place.filename, place.function)
                and (whole or frame.line == place.line)
                for frame in step.frames
            )
            for layer, _ in self.weights_of(step)
        }


def recording_of(traces: Traces, layer: int | None) -> Recording | None:
    """The recorded call at the least depth that is odd and has this layer, if one can be made."""
    depth = traces.odd_depth(layer)
    recorded = None if depth is None else traces.recorded(depth)
    if depth is None or recorded is None:
        return None
    return Recording(recorded, traces.call_at(depth), traces.alignment_or_none(depth))


def _holds(result: tuple[float, ...], wanted: list[float]) -> bool:
    return all(any(abs(number - one) <= RECORDED for number in result) for one in wanted)
