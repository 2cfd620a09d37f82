import torch
from torch import sigmoid, tanh


def get_params(vocab_size, num_hiddens, num_layers, device):
    def matrix(rows, cols):
        return (0.01 * torch.randn(rows, cols, device=device)).requires_grad_(True)

    def bias(cols):
        return torch.zeros(cols, device=device, requires_grad=True)

    sizes = [vocab_size] + [num_hiddens] * (num_layers - 1)
    layers = [(matrix(s + num_hiddens, 4 * num_hiddens), bias(4 * num_hiddens)) for s in sizes]
    return layers, (matrix(num_hiddens, vocab_size), bias(vocab_size))


def init_state(batch_size, num_hiddens, num_layers, device):
    def zeros():
        return torch.zeros(batch_size, num_hiddens, device=device)

    return [(zeros(), zeros()) for _ in range(num_layers)]


def forward(inputs, state, params):
    layers, (W, b) = params
    state = list(state)
    ys = []
    for x in inputs:
        for k, (w, bias) in enumerate(layers):
            h, c = state[k]
            f, o, g, i = torch.chunk(torch.cat([x, h], 1) @ w + bias, 4, 1)
            c = sigmoid(f) * c + sigmoid(i) * tanh(g)
            h = sigmoid(o) * tanh(c)
            state[k] = (h, c)
            x = c
        ys.append(h @ W + b)
    return torch.cat(ys), state
