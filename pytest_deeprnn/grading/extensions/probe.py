"""A submission, and the reference, as an instructor's own test or check calls them.

The student's code runs where it is graded, jailed in a process of its own; numbers go there and
come back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import torch
from torch import Tensor

from pytest_deeprnn.core.exercise import Exercise
from pytest_deeprnn.core.sizes import Sizes
from pytest_deeprnn.measurement.alignment.errors import NotMeasurable
from pytest_deeprnn.measurement.traces import FIXED, Traces
from pytest_deeprnn.reference import stack

Tensors = tuple[Tensor, ...]


class NoReference(Exception):
    """The reference cannot stand beside this submission; the text says why."""


class Probe:
    """A submission; `at` gives its network of certain sizes."""

    def __init__(self, traces: Traces, name: str = "") -> None:
        self._traces = traces
        self.name = name

    @property
    def exercise(self) -> Exercise:
        """What the submission answers."""
        return self._traces.exercise

    def at(
        self, vocab_size: int, num_hiddens: int | Sequence[int], num_layers: int | None = None
    ) -> Network:
        """The network of V, H and L; `num_hiddens` is a list where each layer has its own H.

        Where `num_layers` is left out it is the exercise's least depth. A submission of a fixed
        depth has that depth, whatever is asked for.
        """
        widths = () if isinstance(num_hiddens, int) else tuple(num_hiddens)
        found = self._traces.depth_range
        layers = found.low if found.fixed else num_layers or len(widths) or found.low
        hiddens = num_hiddens if isinstance(num_hiddens, int) else max(widths)
        if self._traces.own_widths and not widths:
            widths = (hiddens,) * layers
        sizes = Sizes(
            vocab=vocab_size, hiddens=hiddens, widths=widths, layers=layers, batch=1, steps=1
        )
        return Network(self._traces, sizes)


class Network:
    """A submission's three functions at certain V, H and L; all numbers are float64."""

    def __init__(self, traces: Traces, sizes: Sizes) -> None:
        self.traces = traces
        self._sizes = sizes

    @property
    def num_layers(self) -> int:
        """L."""
        return self._sizes.layers

    def get_params(self) -> Tensors:
        """The parameters that get_params makes, in the order in which they lie in its container."""
        return self.traces.student.params(self._sizes).values

    def init_state(self, batch_size: int) -> Tensors:
        """The state that init_state makes for B sequences, in the order of its container."""
        return self.traces.student.state(replace(self._sizes, batch=batch_size)).values

    def one_hot(self, tokens: Tensor) -> Tensor:
        """Tokens (T, B), each below V, as forward takes them: (T, B, V)."""
        return torch.nn.functional.one_hot(tokens, self._sizes.vocab).double()

    def forward(self, inputs: Tensor, state: Tensors, params: Tensors) -> tuple[Tensor, Tensors]:
        """What forward gives for inputs (T, B, V): outputs (T·B, V), and the new state's tensors.

        Raises StudentRaised or StudentLost where it gives none, ValueError where state or params
        have other shapes than those that the submission makes.
        """
        sizes = self.sizes_for(inputs)
        _fit("params", params, self.get_params())
        _fit("state", state, self.init_state(sizes.batch))
        answer = self.traces.student.forward(sizes, inputs.double(), params, state)
        rows = [value.reshape(-1, sizes.vocab) for value in answer.outputs]
        return torch.cat(rows), answer.state

    def sizes_for(self, inputs: Tensor) -> Sizes:
        """The sizes of a call with these inputs (T, B, V)."""
        steps, batch, _ = inputs.shape
        return replace(self._sizes, steps=steps, batch=batch)


def _fit(name: str, given: Tensors, made: Tensors) -> None:
    shapes, needed = (tuple(tuple(one.shape) for one in some) for some in (given, made))
    if shapes != needed:
        raise ValueError(f"{name}: shapes {needed} are needed, got {shapes}")


class Reference:
    """The reference beside a submission; `at` gives its network of certain sizes."""

    def __init__(self, probe: Probe) -> None:
        self._probe = probe

    def at(
        self, vocab_size: int, num_hiddens: int | Sequence[int], num_layers: int | None = None
    ) -> ReferenceNetwork:
        """The network of V, H and L, as Probe.at."""
        return ReferenceNetwork(self._probe.at(vocab_size, num_hiddens, num_layers))


class ReferenceNetwork:
    """What is right, computed from the submission's own parameters and state."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def forward(self, inputs: Tensor, state: Tensors, params: Tensors) -> tuple[Tensor, Tensors]:
        """What the reference gives for the same numbers: outputs (T·B, V), and the new state.

        The state has the form of the submission's. Raises NoReference where it is not known which
        of the submission's tensors is what.
        """
        sizes, traces = self._network.sizes_for(inputs), self._network.traces
        try:
            alignment = traces.alignment(FIXED if traces.depth_range.fixed else sizes.layers)
        except NotMeasurable as error:
            raise NoReference(str(error)) from None
        if not alignment.readable or not alignment.covers(tuple(p.shape for p in params), sizes):
            raise NoReference("the roles of the submission's tensors are not known")
        network = alignment.network(params, sizes)
        before = alignment.state_of(state, alignment.old, sizes)
        outputs, after = stack.forward(inputs.double(), before, network)
        new = tuple(torch.zeros_like(value) for value in state)
        for place in alignment.old:
            new[place.block.leaf][place.index(sizes)] = after[place.layer - 1][place.part]
        return outputs, new
