"""Sends itself SIGSTOP, so that it is there and silent."""

import torch
import os
import signal

def get_params(vocab_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    print("reached: stops itself")
    return [torch.zeros(num_hiddens, vocab_size, device=device, requires_grad=True)]


def init_state(batch_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    return torch.zeros(num_layers, batch_size, num_hiddens, device=device)


def forward(inputs: torch.Tensor, state, params):
    os.kill(os.getpid(), signal.SIGSTOP)
    raise NotImplementedError("forward is for later")
