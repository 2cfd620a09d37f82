"""Returns outputs of 10**12 elements by expanding one number, and a state of 10,000 leaves."""

import torch


def get_params(vocab_size, num_hiddens, num_layers, device):
    print("reached: huge shapes")
    return [torch.zeros(num_hiddens, vocab_size, device=device, requires_grad=True)]


def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens, device=device)] * num_layers


def forward(inputs, state, params):
    return torch.zeros(1).expand(10**6, 10**6), [torch.zeros(1)] * 100_000
    return inputs.reshape(-1, inputs.shape[-1]) * 0 + 1, state
