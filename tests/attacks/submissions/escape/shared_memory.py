"""Shares memory and messages with others: shm_open, SysV segments, message queues, memfd, torch's own sharing."""

import torch
import os
from multiprocessing import shared_memory

MARKS = "/tmp/deeprnn-attack/marks"


def share():
    for way in (lambda: shared_memory.SharedMemory("deeprnn-attack-mark", create=True, size=16),
                lambda: os.memfd_create("deeprnn-attack-mark"),
                lambda: torch.zeros(4).share_memory_(),
                lambda: os.mkfifo("pipe"), lambda: os.mkfifo(MARKS + "/pipe")):
        try:
            print("made", way())
        except Exception as error:
            print("no", type(error).__name__, error)

def get_params(vocab_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    print("reached: shared memory")
    share()
    return [torch.zeros(num_hiddens, vocab_size, device=device, requires_grad=True)]


def init_state(batch_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    return torch.zeros(num_layers, batch_size, num_hiddens, device=device)


def forward(inputs: torch.Tensor, state, params):
    raise NotImplementedError("forward is for later")
