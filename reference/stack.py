"""Layers of cells below one output layer, taken through all time steps.

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


def forward(
    inputs: Tensor, state: tuple[State, ...], network: Network
) -> tuple[Tensor, tuple[State, ...]]:
    """Take a network of L layers through all time steps.

    Shapes: inputs (T, B, V), state L tuples of (B, H), where each layer may have its own H;
    returns outputs (T*B, V), all rows of the first step first, and the new state.
    Source: Dive into Deep Learning, "Deep Recurrent Neural Networks".
    """
    hiddens, carried = [], state
    for X in inputs:
        # H_t^(0) = X_t
        H = X
        new: tuple[State, ...] = ()
        for layer, old in zip(network.layers, carried, strict=True):
            # H_t^(l) = step(H_t^(l-1), H_{t-1}^(l))
            now = layer.step(H, old, layer.weights)
            H = now[0]
            new = (*new, now)
        carried = new
        hiddens.append(H)
    # O_t = H_t^(L) W_hq + b_q
    outputs = torch.cat(hiddens) @ network.W_hq + network.b_q
    return outputs, carried
