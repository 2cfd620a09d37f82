# Aufgabe 3
import torch
from torch import nn


def get_params(vocab_size, num_hiddens, device):
    p = {
        "Wx": torch.randn(vocab_size, num_hiddens, device=device) * 0.01,
        "Wh": torch.randn(num_hiddens, num_hiddens, device=device) * 0.01,
        "bh": torch.zeros(num_hiddens, device=device),
        "Wq": torch.randn(num_hiddens, vocab_size, device=device) * 0.01,
        "bq": torch.zeros(vocab_size, device=device),
    }
    for w in p.values():
        w.requires_grad_(True)
    return p


def init_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),)


def hidden_layer(layer, params, X, H):
    weights = {} if layer is None else {
        "weight_ih_l0": params["Wx"].T,
        "weight_hh_l0": params["Wh"].T,
        "bias_ih_l0": params["bh"],
        "bias_hh_l0": torch.zeros_like(params["bh"]),
    }
    return torch.func.functional_call(layer, weights, (X, H[None]))


def forward(inputs, state, params):
    (H,) = state
    T, B, V = inputs.shape
    layer = nn.RNN(V, H.shape[1], nonlinearity="relu").to(inputs.device)
    H, last = hidden_layer(layer, params, inputs, H)
    Y = H.reshape(T * B, -1) @ params["Wq"] + params["bq"]
    return Y, (last[0],)
