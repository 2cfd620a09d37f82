from __future__ import annotations

from dataclasses import dataclass, field

import torch
from torch import Tensor


@dataclass
class GRULayer:
    """Fused, gate order: candidate, update, reset."""
    input_weight: Tensor      # (n_in, 3H)
    hidden_weight: Tensor     # (H, 3H)
    input_bias: Tensor        # (3H,)
    hidden_bias: Tensor       # (3H,)

    def step(self, x: Tensor, h: Tensor) -> Tensor:
        xc, xu, xr = torch.chunk(x @ self.input_weight + self.input_bias, 3, dim=-1)
        hc, hu, hr = torch.chunk(h @ self.hidden_weight + self.hidden_bias, 3, dim=-1)
        update = torch.sigmoid(xu + hu)
        candidate = torch.tanh(xc + torch.sigmoid(xr + hr) * hc)
        return update * candidate + (1 - update) * h


@dataclass
class DeepGRU:
    decoder_weight: Tensor
    decoder_bias: Tensor
    layers: list[GRULayer] = field(default_factory=list)


def _weight(rows: int, cols: int, device) -> Tensor:
    return torch.empty(rows, cols, device=device).normal_(std=0.01).requires_grad_()


def _bias(n: int, device) -> Tensor:
    return torch.zeros(n, device=device, requires_grad=True)


def get_params(vocab_size: int, num_hiddens: int, num_layers: int, device) -> DeepGRU:
    net = DeepGRU(_weight(num_hiddens, vocab_size, device), _bias(vocab_size, device))
    for i in range(num_layers):
        net.layers.append(GRULayer(
            _weight(num_hiddens if i else vocab_size, 3 * num_hiddens, device),
            _weight(num_hiddens, 3 * num_hiddens, device),
            _bias(3 * num_hiddens, device),
            _bias(3 * num_hiddens, device)))
    return net


def init_state(batch_size: int, num_hiddens: int, num_layers: int, device) -> list[Tensor]:
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers)]


def forward(inputs: Tensor, state: list[Tensor], params: DeepGRU) -> tuple[Tensor, list[Tensor]]:
    logits = []
    for x in inputs.unbind(0):
        state = state.copy()
        for i, layer in enumerate(params.layers):
            x = state[i] = layer.step(x, state[i])
        logits.append(x @ params.decoder_weight + params.decoder_bias)
    return torch.cat(logits), state
