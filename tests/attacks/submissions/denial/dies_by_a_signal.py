"""Ends in the middle of a call as a crash does: it sends itself the signal of one."""

import torch
import os
import signal

def get_params(vocab_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    print("reached: dies by a signal")
    return [torch.zeros(num_hiddens, vocab_size, device=device, requires_grad=True)]


def init_state(batch_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    os.kill(os.getpid(), signal.SIGSEGV)
    return torch.zeros(num_layers, batch_size, num_hiddens, device=device)


def forward(inputs: torch.Tensor, state, params):
    raise NotImplementedError("forward is for later")
