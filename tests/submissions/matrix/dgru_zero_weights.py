import torch
from torch import nn


def make(shape, device):
    return nn.Parameter(torch.zeros(shape, device=device))


def get_params(vocab_size, num_hiddens, num_layers, device):
    layers = []
    for i in range(num_layers):
        d = vocab_size if i == 0 else num_hiddens
        layer = []
        for gate in ('reset', 'update', 'candidate'):
            layer += [make((d, num_hiddens), device),
                      make((num_hiddens, num_hiddens), device),
                      make((num_hiddens,), device)]
        layers.append(layer)
    layers.append([make((num_hiddens, vocab_size), device), make((vocab_size,), device)])
    return layers


def init_state(batch_size, num_hiddens, num_layers, device):
    return tuple(torch.zeros((batch_size, num_hiddens), device=device) for _ in range(num_layers))


def forward(inputs, state, params):
    *layers, (W_q, b_q) = params
    hidden = list(state)
    outputs = []
    for X in inputs:
        for i, (W_xr, W_hr, b_r, W_xz, W_hz, b_z, W_xn, W_hn, b_n) in enumerate(layers):
            H = hidden[i]
            R = torch.sigmoid(X @ W_xr + H @ W_hr + b_r)
            Z = torch.sigmoid(X @ W_xz + H @ W_hz + b_z)
            N = torch.tanh(X @ W_xn + (R * H) @ W_hn + b_n)
            hidden[i] = X = Z * H + (1 - Z) * N
        outputs.append(X @ W_q + b_q)
    return torch.cat(outputs, dim=0), tuple(hidden)
