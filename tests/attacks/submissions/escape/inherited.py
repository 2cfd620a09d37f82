"""Looks at every descriptor that it inherited and writes a name into those that are folders or files."""

import torch
import os
import stat


def look():
    for number in range(128):
        try:
            found = os.fstat(number)
        except OSError:
            continue
        kind = stat.S_IFMT(found.st_mode)
        print("open", number, oct(kind))
        if stat.S_ISDIR(kind):
            os.close(os.open("deeprnn-attack-mark", os.O_CREAT | os.O_WRONLY, dir_fd=number))
        if stat.S_ISREG(kind):
            os.write(number, b"deeprnn-attack-mark")

def get_params(vocab_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    print("reached: inherited")
    look()
    return [torch.zeros(num_hiddens, vocab_size, device=device, requires_grad=True)]


def init_state(batch_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    return torch.zeros(num_layers, batch_size, num_hiddens, device=device)


def forward(inputs: torch.Tensor, state, params):
    raise NotImplementedError("forward is for later")
