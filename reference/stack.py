"""Many steps of one cell, and many layers of cells below one output layer.

Source: Dive into Deep Learning, chapter "Modern Recurrent Neural Networks", section
"Deep Recurrent Neural Networks".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

import torch
from torch import Tensor

W = TypeVar("W")

#: What a layer carries from step to step: (H,), or (H, C) for an LSTM; H stands first.
State: TypeAlias = tuple[Tensor, ...]
#: One time step of a cell with weights of type W: (X, state, weights) -> new state.
Step: TypeAlias = Callable[[Tensor, State, W], State]


@dataclass(frozen=True)
class Layer(Generic[W]):
    """A cell's step with the weights it uses.

    Shapes: those of the cell's Weights, I inputs to H units.
    """

    step: Step[W]
    weights: W


@dataclass(frozen=True)
class Network:
    """The layers from the lowest to the highest, and the output layer above them.

    Shapes: W_hq (H, V) with the H of the highest layer, b_q (V,).
    """

    layers: tuple[Layer[Any], ...]
    W_hq: Tensor
    b_q: Tensor


def unroll(layer: Layer[W], inputs: Tensor, state: State) -> tuple[Tensor, State]:
    """Take one layer through all time steps.

    Shapes: inputs (T, B, I), each tensor of state (B, H); returns hiddens (T, B, H) and the
    state after the last step.
    Source: Dive into Deep Learning, "Recurrent Neural Networks with Hidden States".
    """
    hiddens = []
    for X in inputs:
        state = layer.step(X, state, layer.weights)
        hiddens.append(state[0])
    return torch.stack(hiddens), state


def forward(
    inputs: Tensor, state: tuple[State, ...], network: Network
) -> tuple[Tensor, tuple[State, ...]]:
    """Take a network of L layers through all time steps.

    Shapes: inputs (T, B, V), state L tuples of (B, H), where each layer may have its own H;
    returns outputs (T*B, V), all rows of the first step first, and the new state.
    Source: Dive into Deep Learning, "Deep Recurrent Neural Networks".
    """
    # H_t^(0) = X_t
    H = inputs
    new_state = []
    for layer, old in zip(network.layers, state, strict=True):
        # H_t^(l) = step(H_t^(l-1), H_{t-1}^(l)) for every t
        H, new = unroll(layer, H, old)
        new_state.append(new)
    # O_t = H_t^(L) W_hq + b_q
    outputs = H @ network.W_hq + network.b_q
    return outputs.flatten(0, 1), tuple(new_state)
