import torch
from torch.nn.functional import linear


def get_params(vocab_size, num_hiddens, device):
    sizes = [(num_hiddens, vocab_size), (num_hiddens, num_hiddens), (num_hiddens,)] * 3
    sizes += [(vocab_size, num_hiddens), (vocab_size,)]
    return [torch.nn.Parameter(torch.randn(s, device=device) * 0.01 if len(s) == 2
                               else torch.zeros(s, device=device)) for s in sizes]


def init_state(batch_size, num_hiddens, device):
    return torch.zeros(batch_size, num_hiddens, device=device)


def step(X, H, params):
    Wr, Ur, br, Wz, Uz, bz, Wn, Un, bn = params
    r = torch.sigmoid(linear(X, Wr, br) + linear(H, Ur))
    z = torch.sigmoid(linear(X, Wz, bz) + linear(H, Uz))
    n = torch.tanh(linear(X, Wn, bn) + linear(r * H, Un))
    return z * H + (1 - z) * n


def forward(inputs, state, params):
    *gru, Wq, bq = params
    states = [state]
    for X in inputs:
        states.append(step(X, states[-1], gru))
    outputs = []
    for X, H in zip(inputs, states):
        outputs.append(linear(H, Wq, bq))
    return torch.cat(outputs), states[-1]
