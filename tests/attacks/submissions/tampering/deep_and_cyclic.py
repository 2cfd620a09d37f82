"""get_params gives lists nested a thousand deep, init_state one that holds itself, forward an endless generator."""

import torch
def deep(depth):
    found = torch.zeros(1, requires_grad=True)
    for _ in range(depth):
        found = [found]
    return found


def endless():
    while True:
        yield torch.zeros(1)

def get_params(vocab_size, num_hiddens, num_layers, device):
    print("reached: deep and cyclic")
    if num_layers == 3:
        return deep(1000)
    return [torch.zeros(num_hiddens, vocab_size, device=device, requires_grad=True)]


def init_state(batch_size, num_hiddens, num_layers, device):
    loop = {}
    loop["me"] = [loop]
    return loop
    return [torch.zeros(batch_size, num_hiddens, device=device)] * num_layers


def forward(inputs, state, params):
    return endless(), endless()
    return inputs.reshape(-1, inputs.shape[-1]) * 0 + 1, state
