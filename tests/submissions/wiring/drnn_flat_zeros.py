"""
Deep RNN from scratch
HW2, question 4(b)
"""
import numpy as np
import torch

np.random.seed(0)


def get_parameters(input_size, hidden_size, output_size, num_layers, device):
    scale = 0.01
    net = {}
    for l in range(1, num_layers + 1):
        fan_in = input_size if l == 1 else hidden_size
        net[f"Wx{l}"] = torch.tensor(scale * np.random.randn(fan_in, hidden_size),
                                     dtype=torch.get_default_dtype(), device=device)
        net[f"Wh{l}"] = torch.tensor(scale * np.random.randn(hidden_size, hidden_size),
                                     dtype=torch.get_default_dtype(), device=device)
        net[f"b{l}"] = torch.zeros(hidden_size, device=device)
    net["Wy"] = torch.tensor(scale * np.random.randn(hidden_size, output_size),
                             dtype=torch.get_default_dtype(), device=device)
    net["by"] = torch.zeros(output_size, device=device)
    for w in net.values():
        w.requires_grad_()
    return net


def init_states(batch_size, hidden_size, num_layers, device):
    # one vector per layer, broadcasting does the rest
    return [torch.zeros(hidden_size, device=device) for _ in range(num_layers)]


def forward(x, states, params):
    h = list(states)
    out = []
    for t in range(x.shape[0]):
        below = x[t]
        for l in range(1, len(h) + 1):
            h[l - 1] = torch.tanh(below @ params[f"Wx{l}"] + h[l - 1] @ params[f"Wh{l}"] + params[f"b{l}"])
            below = h[l - 1]
        out.append(below @ params["Wy"] + params["by"])
    return torch.cat(out, dim=0), h
