"""Opens a file without a name (O_TMPFILE) beside the marks and gives it a name through /proc/self/fd."""

import torch
import os

MARKS = "/tmp/deeprnn-attack/marks"


def name_it():
    for place in (MARKS, "."):
        try:
            made = os.open(place, os.O_TMPFILE | os.O_RDWR, 0o600)
            os.link(f"/proc/self/fd/{made}", f"{MARKS}/unnamed", follow_symlinks=True)
        except OSError as error:
            print("no", place, error.errno)

def get_params(vocab_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    print("reached: unnamed file")
    name_it()
    return [torch.zeros(num_hiddens, vocab_size, device=device, requires_grad=True)]


def init_state(batch_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    return torch.zeros(num_layers, batch_size, num_hiddens, device=device)


def forward(inputs: torch.Tensor, state, params):
    raise NotImplementedError("forward is for later")
