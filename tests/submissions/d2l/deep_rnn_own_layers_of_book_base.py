import d2l.torch as d2l
import torch
from torch import nn


class Layer(d2l.RNN):
    """Everything of it is written here; only the book's base is under it."""

    def __init__(self, num_inputs, num_hiddens):
        d2l.Module.__init__(self)
        self.save_hyperparameters()
        self.W = nn.Parameter(d2l.randn(num_inputs, num_hiddens) * 0.05)
        self.U = nn.Parameter(d2l.randn(num_hiddens, num_hiddens) * 0.05)
        self.b = nn.Parameter(d2l.zeros(num_hiddens))

    def forward(self, X, H):
        return d2l.tanh(d2l.matmul(X, self.W) + d2l.matmul(H, self.U) + self.b)


def get_params(vocab_size, num_hiddens, num_layers, device):
    below = [vocab_size] + [num_hiddens] * (num_layers - 1)
    layers = nn.ModuleList(Layer(n, num_hiddens).to(device) for n in below)
    layers.append(nn.Linear(num_hiddens, vocab_size, device=device))
    return layers


def init_state(batch_size, num_hiddens, num_layers, device):
    return [d2l.zeros((batch_size, num_hiddens), device=device) for _ in range(num_layers)]


def forward(inputs, state, params):
    *layers, output = params
    Hs, rows = list(state), []
    for X in inputs:
        for i, layer in enumerate(layers):
            X = Hs[i] = layer(X, Hs[i])
        rows.append(output(X))
    return d2l.concat(rows), Hs
