"""Takes nine seconds for each call, just below the limit."""

import torch
import time

def get_params(vocab_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    print("reached: answers slowly")
    time.sleep(9)
    return [torch.zeros(num_hiddens, vocab_size, device=device, requires_grad=True)]


def init_state(batch_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    return torch.zeros(num_layers, batch_size, num_hiddens, device=device)


def forward(inputs: torch.Tensor, state, params):
    raise NotImplementedError("forward is for later")
