"""Reads the secret by every reader of numpy: as bytes, text, tables, arrays and mapped memory."""

import numpy as np
import torch

SECRET = "/tmp/deeprnn-attack/secret.txt"


def read():
    for name, way in {
        "fromfile": lambda: np.fromfile(SECRET, "u1").tobytes(),
        "memmap": lambda: bytes(np.memmap(SECRET, "u1", "r")),
        "open_memmap": lambda: np.lib.format.open_memmap(SECRET),
        "load": lambda: np.load(SECRET, allow_pickle=True),
        "load mapped": lambda: np.load(SECRET, mmap_mode="r"),
        "loadtxt": lambda: np.loadtxt(SECRET, dtype=str, delimiter="|"),
        "genfromtxt": lambda: np.genfromtxt(SECRET, dtype=str),
        "fromregex": lambda: np.fromregex(SECRET, "(.+)", [("line", "S80")]),
        "DataSource": lambda: np.lib.npyio.DataSource(".").open(SECRET).read(),
        "frombuffer": lambda: np.frombuffer(open(SECRET, "rb").read(), "u1").tobytes(),
    }.items():
        try:
            print("had", name, way())
        except BaseException as error:
            print("no", name, type(error).__name__)


def get_params(vocab_size, num_hiddens, num_layers, device):
    print("reached: reads by numpy")
    read()
    return [torch.zeros(num_hiddens, vocab_size, device=device, requires_grad=True)]


def init_state(batch_size, num_hiddens, num_layers, device):
    return torch.zeros(num_layers, batch_size, num_hiddens, device=device)


def forward(inputs, state, params):
    return inputs.sum(dim=-1), state
