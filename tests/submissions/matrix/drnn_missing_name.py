import torch
import math


def get_params(vocab_size, num_hiddens, num_layers, device):
    s = 1 / math.sqrt(num_hiddens)
    layers = []
    for i in range(num_layers):
        n = vocab_size if i == 0 else num_hiddens
        layers.append((torch.empty(n, num_hiddens, device=device).uniform_(-s, s),
                       torch.empty(num_hiddens, num_hiddens, device=device).uniform_(-s, s),
                       torch.empty(num_hiddens, device=device).uniform_(-s, s)))
    out = (torch.empty(num_hiddens, vocab_size, device=device).uniform_(-s, s),
           torch.empty(vocab_size, device=device).uniform_(-s, s))
    for p in [p for l in layers for p in l] + list(out):
        p.requires_grad_(True)
    return layers, out


def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for i in range(num_layers)]


def forward(inputs, state, params):
    layers, (W_hq, b_q) = params
    hidden = [h for h in state]
    outputs = []
    for X in inputs:
        for i, (W_xh, W_hh, b_h) in enumerate(layers):
            X = torch.tanh(X @ W_xh + hidden[i] @ W_hh + b_h)
            hidden[i] = X
        outputs.append(hidden[-1] @ W_hq + bq)
    return torch.cat(outputs), hidden
