"""One GRU layer, three gates in one matrix."""

import torch


def get_params(vocab_size, num_hiddens, device):
    make = lambda *s: (torch.randn(*s, device=device) * 0.03).requires_grad_()
    empty = lambda n: torch.zeros(n, device=device, requires_grad=True)
    return [make(vocab_size, 3 * num_hiddens), make(num_hiddens, 3 * num_hiddens),
            empty(3 * num_hiddens), empty(3 * num_hiddens), make(num_hiddens, vocab_size), empty(vocab_size)]


def init_state(batch_size, num_hiddens, device):
    return torch.zeros(batch_size, num_hiddens, device=device)


def forward(inputs, state, params):
    K, R, k, m, O, o = params
    s = state
    result = []
    for e in inputs:
        kr, kz, kn = (e @ K + k).split(s.shape[1], 1)
        rr, rz, rn = (s @ R + m).split(s.shape[1], 1)
        reset = torch.sigmoid(kr + rr)
        update = torch.sigmoid(kz + rz)
        fresh = torch.tanh(kn + reset * rn)
        s_next = update * s + (1 - update) * fresh
        result.append(s_next @ O + o)
    return torch.cat(result), s
