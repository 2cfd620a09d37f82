"""A plain RNN in which something is wrong: see what the exercise long-rnn says of it."""

import torch


def get_params(vocab_size, num_hiddens, device):
    def normal(*shape):
        return torch.randn(*shape, device=device) * 0.01

    params = [
        normal(vocab_size, num_hiddens),
        normal(num_hiddens, num_hiddens),
        torch.zeros(num_hiddens, device=device),
        normal(num_hiddens, vocab_size),
        torch.zeros(vocab_size, device=device),
    ]
    for param in params:
        param.requires_grad_(True)
    return params


def init_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),)


def forward(inputs, state, params):
    W_xh, W_hh, b_h, W_hq, b_q = params
    (H,) = state
    outputs = []
    for X in inputs:
        H = torch.atan(X @ W_xh + H @ W_hh + b_h)
        outputs.append(H @ W_hq + b_q)
    return torch.cat(outputs), (H,)
