from __future__ import annotations

from typing import List, NamedTuple, Tuple

import torch
from torch import Tensor


class Layer(NamedTuple):
    weight_x: Tensor
    weight_h: Tensor
    bias: Tensor


class Params(NamedTuple):
    readout_weight: Tensor
    readout_bias: Tensor
    layers: List[Layer]


def _gaussian(rows: int, cols: int, device: torch.device | None) -> Tensor:
    return torch.normal(0.0, 0.01, (rows, cols), device=device).requires_grad_()


def _zeros(n: int, device: torch.device | None) -> Tensor:
    return torch.zeros(n, device=device, requires_grad=True)


def get_rnn_params(vocab_size: int, num_hiddens: int, num_layers: int = 2,
                   device: torch.device | None = None) -> Params:
    layers: List[Layer] = []
    for i in range(num_layers):
        fan_in = num_hiddens if i else vocab_size
        layers.append(Layer(_gaussian(fan_in, num_hiddens, device),
                            _gaussian(num_hiddens, num_hiddens, device),
                            _zeros(num_hiddens, device)))
    return Params(_gaussian(num_hiddens, vocab_size, device), _zeros(vocab_size, device), layers)


def init_rnn_state(batch_size: int, num_hiddens: int, num_layers: int = 2,
                   device: torch.device | None = None) -> Tuple[Tensor, ...]:
    return tuple(torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers))


def rnn(inputs: Tensor, state: Tuple[Tensor, ...], params: Params) -> Tuple[Tensor, Tuple[Tensor, ...]]:
    outputs: List[Tensor] = []
    for x in inputs:
        new: List[Tensor] = []
        for h, layer in zip(state, params.layers):
            a = torch.addmm(layer.bias, x, layer.weight_x)
            x = torch.tanh(torch.addmm(a, h, layer.weight_h))
            new.append(x)
        state = tuple(new)
        outputs.append(torch.addmm(params.readout_bias, x, params.readout_weight))
    return torch.cat(outputs, dim=0), state
