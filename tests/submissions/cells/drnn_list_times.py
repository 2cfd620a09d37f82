"""Deep RNN, any number of layers.

params = [(W_x, W_h, b), ..., (W_hq, b_q)], one triple per layer.
"""
from typing import List, Tuple

import torch
from torch import Tensor


def _leaf(*shape: int, device, std: float = 0.01) -> Tensor:
    t = torch.empty(*shape, device=device)
    if std:
        t.normal_(0.0, std)
    else:
        t.zero_()
    return t.requires_grad_()


def _layer(n_in: int, n_hidden: int, device) -> Tuple[Tensor, Tensor, Tensor]:
    return (
        _leaf(n_in, n_hidden, device=device),
        _leaf(n_hidden, n_hidden, device=device),
        _leaf(n_hidden, device=device, std=0),
    )


def get_params(vocab_size: int, num_hiddens: int, num_layers: int, device) -> List[tuple]:
    bottom = _layer(vocab_size, num_hiddens, device)
    upper = _layer(num_hiddens, num_hiddens, device)
    layers = [bottom] + [upper] * (num_layers - 1)
    head = (_leaf(num_hiddens, vocab_size, device=device), _leaf(vocab_size, device=device, std=0))
    return layers + [head]


def init_state(batch_size: int, num_hiddens: int, num_layers: int, device) -> Tuple[Tensor, ...]:
    return tuple(torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers))


def forward(inputs: Tensor, state, params):
    *layers, (W_hq, b_q) = params
    hs = list(state)
    ys = []
    for x in inputs:
        below = x
        for l, (W_x, W_h, b) in enumerate(layers):
            hs[l] = torch.tanh(below @ W_x + hs[l] @ W_h + b)
            below = hs[l]
        ys.append(below @ W_hq + b_q)
    return torch.cat(ys), tuple(hs)
