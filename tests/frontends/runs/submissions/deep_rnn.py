"""Two tanh layers, one above the other."""

import torch


def get_params(vocab_size, num_hiddens, device):
    def normal(*shape):
        return torch.randn(*shape, device=device) * 0.01

    # layer 1
    W_xh1 = normal(vocab_size, num_hiddens)
    W_hh1 = normal(num_hiddens, num_hiddens)
    b_h1 = torch.zeros(num_hiddens, device=device)
    # layer 2
    W_xh2 = normal(num_hiddens, num_hiddens)
    W_hh2 = normal(num_hiddens, num_hiddens)
    b_h2 = torch.zeros(num_hiddens, device=device)
    # output
    W_hq = normal(num_hiddens, vocab_size)
    b_q = torch.zeros(vocab_size, device=device)
    params = [W_xh1, W_hh1, b_h1, W_xh2, W_hh2, b_h2, W_hq, b_q]
    for param in params:
        param.requires_grad_(True)
    return params


def init_state(batch_size, num_hiddens, device):
    H1 = torch.zeros((batch_size, num_hiddens), device=device)
    H2 = torch.zeros((batch_size, num_hiddens), device=device)
    return H1, H2


def forward(inputs, state, params):
    W_xh1, W_hh1, b_h1, W_xh2, W_hh2, b_h2, W_hq, b_q = params
    H1, H2 = state
    outputs = []
    for X in inputs:
        H1 = torch.tanh(X @ W_xh1 + H1 @ W_hh1 + b_h1)
        H2 = torch.tanh(H1 @ W_xh2 + H2 @ W_hh2 + b_h2)
        outputs.append(H2 @ W_hq + b_q)
    return torch.cat(outputs, dim=0), (H1, H2)
