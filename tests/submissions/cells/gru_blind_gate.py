# Opgave 8: GRU
import torch
from torch import zeros, randn, sigmoid, tanh, cat


def get_params(vocab_size, num_hiddens, device):
    shapes = dict(
        Wz=(num_hiddens, vocab_size), Uz=(num_hiddens, num_hiddens), bz=(num_hiddens, 1),
        Wr=(num_hiddens, vocab_size), Ur=(num_hiddens, num_hiddens), br=(num_hiddens, 1),
        Wh=(num_hiddens, vocab_size), Uh=(num_hiddens, num_hiddens), bh=(num_hiddens, 1),
        Wy=(vocab_size, num_hiddens), by=(vocab_size, 1),
    )
    params = {}
    for name, shape in shapes.items():
        value = zeros(shape, device=device) if name.startswith("b") else 0.01 * randn(shape, device=device)
        params[name] = value.requires_grad_()
    return params


def init_state(batch_size, num_hiddens, device):
    return (zeros((batch_size, num_hiddens), device=device),)


def forward(inputs, state, params):
    """Column vectors inside (one column per example), rows outside."""
    h = state[0].t()
    ys = []
    for X in inputs:
        x = X.t()
        z = sigmoid(params["Wz"] @ x + params["bz"])
        r = sigmoid(params["Wr"] @ x + params["Ur"] @ h + params["br"])
        h_hat = tanh(params["Wh"] @ x + params["Uh"] @ (r * h) + params["bh"])
        h = (1 - z) * h + z * h_hat
        ys.append((params["Wy"] @ h + params["by"]).t())
    return cat(ys), (h.t(),)
