"""Opens the memory of itself, of its parent and of the machine for writing, also by mmap."""

import torch
import mmap
import os

MARKS = "/tmp/deeprnn-attack/marks"


def poke():
    for path in ("/proc/self/mem", f"/proc/{os.getppid()}/mem", "/dev/mem", "/dev/kmem", "/proc/kcore"):
        for flags in (os.O_RDONLY, os.O_RDWR):
            try:
                opened = os.open(path, flags)
                mmap.mmap(opened, 0, prot=mmap.PROT_READ)
                if path != "/proc/self/mem":
                    os.open(f"{MARKS}/memory", os.O_CREAT | os.O_WRONLY)
                print("opened", path)
            except (OSError, ValueError) as error:
                print("no", path, error)

def get_params(vocab_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    print("reached: memory of others")
    poke()
    return [torch.zeros(num_hiddens, vocab_size, device=device, requires_grad=True)]


def init_state(batch_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    return torch.zeros(num_layers, batch_size, num_hiddens, device=device)


def forward(inputs: torch.Tensor, state, params):
    raise NotImplementedError("forward is for later")
