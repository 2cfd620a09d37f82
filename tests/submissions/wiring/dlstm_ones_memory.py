from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass
class Layer:
    W: Tensor  # (n_in, 4h): input, forget, cell, output
    U: Tensor  # (h, 4h)
    b: Tensor  # (4h,)


def _rand(*shape: int, device) -> Tensor:
    return (torch.rand(*shape, device=device) * 0.04 - 0.02).requires_grad_(True)


def get_params(vocab_size: int, num_hiddens: int, num_layers: int, device=None):
    layers = []
    for i in range(num_layers):
        n_in = num_hiddens if i else vocab_size
        layers.append(Layer(
            _rand(n_in, 4 * num_hiddens, device=device),
            _rand(num_hiddens, 4 * num_hiddens, device=device),
            torch.zeros(4 * num_hiddens, device=device, requires_grad=True),
        ))
    out_w = _rand(num_hiddens, vocab_size, device=device)
    out_b = torch.zeros(vocab_size, device=device, requires_grad=True)
    return layers, out_w, out_b


def init_state(batch_size: int, num_hiddens: int, num_layers: int, device=None):
    shape = (num_layers, batch_size, num_hiddens)
    h = torch.zeros(shape, device=device)
    c = torch.ones(shape, device=device)  # remember everything in the beginning
    return h, c


def deep_lstm(inputs: Tensor, state, params):
    layers, out_w, out_b = params
    hs, cs = list(state[0]), list(state[1])
    outputs = []
    for x in inputs:
        for i, layer in enumerate(layers):
            a = x @ layer.W + hs[i] @ layer.U + layer.b
            i_gate, f_gate, cand, o_gate = a.chunk(4, dim=-1)
            cs[i] = f_gate.sigmoid() * cs[i] + i_gate.sigmoid() * cand.tanh()
            hs[i] = o_gate.sigmoid() * cs[i].tanh()
            x = hs[i]
        outputs.append(x @ out_w + out_b)
    return torch.stack(outputs).flatten(0, 1), (torch.stack(hs), torch.stack(cs))
