"""Asks once for three gibibytes and touches them."""

import torch


def get_params(vocab_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    print("reached: much memory")
    return [torch.zeros(num_hiddens, vocab_size, device=device, requires_grad=True)]


def init_state(batch_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    held = torch.ones(3 << 27, dtype=torch.float64)
    print("had", held.sum())
    return torch.zeros(num_layers, batch_size, num_hiddens, device=device)


def forward(inputs: torch.Tensor, state, params):
    raise NotImplementedError("forward is for later")
