from __future__ import annotations

from dataclasses import dataclass, field
from typing import Sequence

import torch
from torch import Tensor


@dataclass
class RecurrentLayer:
    kernel: Tensor      # (in, units)
    recurrent: Tensor   # (units, units)
    bias: Tensor        # (units,)

    @classmethod
    def create(cls, size_in: int, units: int, device) -> RecurrentLayer:
        return cls(
            kernel=_leaf(torch.randn(size_in, units, device=device) * size_in ** -0.5),
            recurrent=_leaf(torch.randn(units, units, device=device) * units ** -0.5),
            bias=_leaf(torch.zeros(units, device=device)),
        )

    def __call__(self, x: Tensor, h: Tensor) -> Tensor:
        return torch.tanh(x @ self.kernel + h @ self.recurrent + self.bias)


@dataclass
class Model:
    head: Tensor
    head_bias: Tensor
    layers: list[RecurrentLayer] = field(default_factory=list)


def _leaf(t: Tensor) -> Tensor:
    return t.detach().requires_grad_()


def init_params(vocab_size: int, widths: Sequence[int], device=None) -> Model:
    sizes = [vocab_size, *widths]
    return Model(
        head=_leaf(torch.randn(sizes[-1], vocab_size, device=device) * 0.1),
        head_bias=_leaf(torch.zeros(vocab_size, device=device)),
        layers=[RecurrentLayer.create(a, b, device) for a, b in zip(sizes, sizes[1:])],
    )


def init_state(batch_size: int, widths: Sequence[int], device=None) -> list[Tensor]:
    return [torch.zeros(batch_size, width, device=device) for width in widths]


def forward(inputs: Tensor, state: list[Tensor], params: Model) -> tuple[Tensor, list[Tensor]]:
    outputs = []
    for x in inputs:
        below, new_state = x, []
        for layer, h in zip(params.layers, state, strict=True):
            below = layer(below, h)
            new_state.append(below)
        state = new_state
        outputs.append(below @ params.head + params.head_bias)
    return torch.stack(outputs), state  # (T, B, V)
