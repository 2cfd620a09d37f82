"""Gives back what it was given: the inputs as outputs, the parameters as state."""

import torch


def get_params(vocab_size, num_hiddens, num_layers, device):
    print("reached: replays")
    return [torch.zeros(num_hiddens, vocab_size, device=device, requires_grad=True)]


def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens, device=device)] * num_layers


def forward(inputs, state, params):
    return inputs.flatten(0, 1), [params[0]] * len(state)
    return inputs.reshape(-1, inputs.shape[-1]) * 0 + 1, state
