"""Leaves marks by every writer of numpy."""

import numpy as np
import torch

MARK = "/tmp/deeprnn-attack/marks/by-numpy"


def write():
    numbers = np.arange(4.0)
    for name, way in {
        "save": lambda: np.save(MARK, numbers),
        "savez": lambda: np.savez(MARK, numbers),
        "savez_compressed": lambda: np.savez_compressed(MARK, numbers),
        "savetxt": lambda: np.savetxt(MARK + ".gz", numbers),
        "tofile": lambda: numbers.tofile(MARK),
        "dump": lambda: numbers.dump(MARK),
        "memmap": lambda: np.memmap(MARK, "u1", "w+", shape=4),
        "open_memmap": lambda: np.lib.format.open_memmap(MARK, "w+", shape=(4,)),
    }.items():
        try:
            print("done", name, way())
        except BaseException as error:
            print("no", name, type(error).__name__)


def get_params(vocab_size, num_hiddens, num_layers, device):
    print("reached: writes by numpy")
    write()
    return [torch.zeros(num_hiddens, vocab_size, device=device, requires_grad=True)]


def init_state(batch_size, num_hiddens, num_layers, device):
    return torch.zeros(num_layers, batch_size, num_hiddens, device=device)


def forward(inputs, state, params):
    return inputs.sum(dim=-1), state
