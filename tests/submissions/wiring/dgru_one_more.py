import torch
from torch import nn


def layer_sizes(vocab_size, num_hiddens, num_layers):
    """Widths from the input upward."""
    return [vocab_size] + [num_hiddens] * (num_layers + 1)


def get_params(vocab_size, num_hiddens, num_layers, device):
    sizes = layer_sizes(vocab_size, num_hiddens, num_layers)
    layers = []
    for n_in, n_out in zip(sizes, sizes[1:]):
        layers.append({
            "W": nn.Parameter(torch.randn(3, n_in, n_out, device=device) * 0.01),
            "U": nn.Parameter(torch.randn(3, n_out, n_out, device=device) * 0.01),
            "b": nn.Parameter(torch.zeros(3, 1, n_out, device=device)),
        })
    output = {
        "W": nn.Parameter(torch.randn(sizes[-1], vocab_size, device=device) * 0.01),
        "b": nn.Parameter(torch.zeros(vocab_size, device=device)),
    }
    return layers, output


def init_state(batch_size, num_hiddens, num_layers, device):
    widths = layer_sizes(None, num_hiddens, num_layers)[1:]
    return [torch.zeros(batch_size, n, device=device) for n in widths]


def deep_gru(inputs, state, params):
    layers, output = params
    outputs = []
    for x in inputs:
        new = []
        for h, w in zip(state, layers):
            r = torch.sigmoid(x @ w["W"][0] + h @ w["U"][0] + w["b"][0])
            z = torch.sigmoid(x @ w["W"][1] + h @ w["U"][1] + w["b"][1])
            c = torch.tanh(x @ w["W"][2] + (r * h) @ w["U"][2] + w["b"][2])
            x = z * h + (1 - z) * c
            new.append(x)
        state = new
        outputs.append(x @ output["W"] + output["b"])
    return torch.cat(outputs), state
