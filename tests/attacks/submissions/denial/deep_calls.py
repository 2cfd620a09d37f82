"""Runs out of C's stack: nested lists whose repr is taken, with Python's own limit lifted."""

import torch
import sys


def dive():
    sys.setrecursionlimit(10**8)
    nested = []
    for _ in range(200_000):
        nested = [nested]
    return repr(nested)

def get_params(vocab_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    print("reached: deep calls")
    return [torch.zeros(num_hiddens, vocab_size, device=device, requires_grad=True)]


def init_state(batch_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    dive()
    return torch.zeros(num_layers, batch_size, num_hiddens, device=device)


def forward(inputs: torch.Tensor, state, params):
    raise NotImplementedError("forward is for later")
