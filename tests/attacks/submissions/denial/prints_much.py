"""Prints thirty million characters, in one piece and line by line, and raises a message as long."""

import torch


def get_params(vocab_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    print("reached: prints much")
    print("x" * 30_000_000)
    for number in range(20_000):
        print(number)
    return [torch.zeros(num_hiddens, vocab_size, device=device, requires_grad=True)]


def init_state(batch_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    return torch.zeros(num_layers, batch_size, num_hiddens, device=device)


def forward(inputs: torch.Tensor, state, params):
    raise ValueError("y" * 30_000_000)
    raise NotImplementedError("forward is for later")
