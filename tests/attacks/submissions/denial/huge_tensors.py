"""Gives tensors of 10**12 elements that share one number, an integer of a million digits, and a shape of sixty axes."""

import torch


def get_params(vocab_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    print("reached: huge tensors")
    return [torch.zeros(num_hiddens, vocab_size, device=device, requires_grad=True)]


def init_state(batch_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    return torch.zeros(()).expand(10**6, 10**6), 10**10**6
    return torch.zeros(num_layers, batch_size, num_hiddens, device=device)


def forward(inputs: torch.Tensor, state, params):
    return torch.zeros((1,) * 60), state
    raise NotImplementedError("forward is for later")
