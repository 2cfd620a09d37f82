"""A right network that lays an array over an address, which it takes from a tensor of its own."""

import numpy as np
import torch

rng = np.random.default_rng(3)


class Over:
    def __init__(self, address, length):
        self.__array_interface__ = {"data": (address, False), "shape": (length,), "typestr": "<f8", "version": 3}


def write():
    own = torch.zeros(4, dtype=torch.float64)
    np.asarray(Over(own.data_ptr(), 4))[:] = 1.0
    print("wrote", own.tolist())


def get_params(vocab_size, num_hiddens, num_layers, device):
    print("reached: array at an address")
    write()
    def normal(*shape):
        return torch.tensor(rng.normal(0, 0.1, shape), dtype=torch.get_default_dtype(), device=device, requires_grad=True)

    made = []
    for layer in range(num_layers):
        below = num_hiddens if layer else vocab_size
        for _ in range(3):
            made += [normal(below, num_hiddens), normal(num_hiddens, num_hiddens), normal(num_hiddens)]
    return made + [normal(num_hiddens, vocab_size), normal(vocab_size)]


def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers)]


def forward(inputs, state, params):
    hidden, rows = list(state), []
    for X in inputs:
        for i in range(len(hidden)):
            W_xz, W_hz, b_z, W_xr, W_hr, b_r, W_xh, W_hh, b_h = params[9 * i : 9 * i + 9]
            H = hidden[i]
            Z = torch.sigmoid(X @ W_xz + H @ W_hz + b_z)
            R = torch.sigmoid(X @ W_xr + H @ W_hr + b_r)
            hidden[i] = Z * H + (1 - Z) * torch.tanh(X @ W_xh + (R * H) @ W_hh + b_h)
            X = hidden[i]
        rows.append(X @ params[-2] + params[-1])
    return torch.cat(rows), hidden
