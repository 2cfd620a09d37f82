"""Stacked plain layers, one list of triples."""

import torch


def triple(fan_in, size, device):
    bound = size**-0.5
    shapes = ((fan_in, size), (size, size), (size,))
    return [torch.empty(s, device=device).uniform_(-bound, bound).requires_grad_() for s in shapes]


def get_params(vocab_size, num_hiddens, num_layers, device):
    stack = [triple(vocab_size if k == 0 else num_hiddens, num_hiddens, device) for k in range(num_layers)]
    head = [torch.empty(num_hiddens, vocab_size, device=device).uniform_(-0.1, 0.1).requires_grad_(),
            torch.zeros(vocab_size, device=device, requires_grad=True)]
    return stack, head


def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers)]


def forward(inputs, state, params):
    stack, (V, d) = params
    mem = list(state)
    logits = []
    for row in inputs:
        signal = row
        for k, (A, B, c) in enumerate(stack):
            mem[k] = torch.tanh(signal @ A + mem[k - 1] @ B + c)
            signal = mem[k]
        logits.append(signal @ V + d)
    return torch.cat(logits), mem
