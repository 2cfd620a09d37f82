"""The book's own networks. Who takes one has not written it, and the grader is told.

They compute with torch's own recurrent operators, which are refused in a worker of their own until
one is called for: whatever is done to a class here, no recurrence comes out of it unseen.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from typing import Any

import torch
from torch import Tensor, nn

from pytest_deeprnn.sandbox.host.d2l_stub.bases import Module

#: Names of recurrent networks and steps in any edition, those that other modules know left out.
RECURRENT = re.compile(r"rnn|gru|lstm|seq2seq", re.IGNORECASE)


_listening: list[Callable[[str], None]] = []


@contextlib.contextmanager
def heard(by: Callable[[str], None]) -> Iterator[None]:
    """Call `by` with the name of each of these networks that is used meanwhile; it may raise."""
    _listening.append(by)
    try:
        yield
    finally:
        _listening.remove(by)


def _used(name: str) -> None:
    for hear in _listening:
        hear(name)


class _ReadyMade(Module):
    """A network that tells when one of its parts is taken.

    A subclass that does everything itself takes none of them, though it may call the constructor.
    """

    made_as = ""
    parts: tuple[object, ...] = ()

    def __getattr__(self, name: str) -> Any:
        """Find a weight or a layer."""
        value = super().__getattr__(name)
        if any(value is part for part in self.parts):
            _used(self.made_as)
        return value

    def named_parameters(self, *args: Any, **kwargs: Any) -> Any:
        """List all weights."""
        self._told_of_all()
        return super().named_parameters(*args, **kwargs)

    def state_dict(self, *args: Any, **kwargs: Any) -> Any:
        """List all weights and buffers."""
        self._told_of_all()
        return super().state_dict(*args, **kwargs)

    def _told_of_all(self) -> None:
        if self.parts:
            _used(self.made_as)


class RNNScratch(_ReadyMade):
    """A layer with tanh and weights of its own."""

    def __init__(self, num_inputs: int, num_hiddens: int, sigma: float = 0.01) -> None:
        super().__init__()
        self.num_inputs, self.num_hiddens, self.sigma = num_inputs, num_hiddens, sigma
        self.W_xh = nn.Parameter(torch.randn(num_inputs, num_hiddens) * sigma)
        self.W_hh = nn.Parameter(torch.randn(num_hiddens, num_hiddens) * sigma)
        self.b_h = nn.Parameter(torch.zeros(num_hiddens))
        self.made_as, self.parts = "RNNScratch", (self.W_xh, self.W_hh, self.b_h)

    def forward(self, inputs: Tensor, state: Any = None) -> tuple[list[Tensor], Tensor]:
        """Return T hidden states (B, H) and the last one, from inputs (T, B, V)."""
        _used("RNNScratch")
        H = inputs.new_zeros(inputs.shape[1], self.num_hiddens) if state is None else state[0]
        weights = [self.W_xh.T, self.W_hh.T, self.b_h, torch.zeros_like(self.b_h)]
        outputs, H = torch.rnn_tanh(inputs, H[None], weights, True, 1, 0.0, False, False, False)
        return list(outputs), H[0]


class RNN(_ReadyMade):
    """torch's own layer with tanh."""

    rnn: Any

    def __init__(self, num_inputs: int, num_hiddens: int) -> None:
        super().__init__()
        self.num_inputs, self.num_hiddens = num_inputs, num_hiddens
        self.rnn = nn.RNN(num_inputs, num_hiddens)
        self.made_as, self.parts = "RNN", (self.rnn,)

    def forward(self, inputs: Tensor, H: Any = None) -> Any:
        """Run `self.rnn`, which a subclass may have made itself."""
        return self.rnn(inputs, H)


class GRU(RNN):
    """torch's own layers of GRU cells."""

    def __init__(
        self, num_inputs: int, num_hiddens: int, num_layers: int, dropout: float = 0
    ) -> None:
        Module.__init__(self)
        self.num_inputs, self.num_hiddens = num_inputs, num_hiddens
        self.num_layers, self.dropout = num_layers, dropout
        self.rnn = nn.GRU(num_inputs, num_hiddens, num_layers, dropout=dropout)
        self.made_as, self.parts = "GRU", (self.rnn,)


def elsewhere(name: str) -> type:
    """Make a network that is in no edition's package: it is told, and there is none to run."""

    def used(self: Any, *args: Any, **kwargs: Any) -> None:
        _used(name)
        raise NotImplementedError(f"there is no d2l.{name} here")

    return type(name, (Module,), {"__init__": used})
