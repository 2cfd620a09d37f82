"""Keeps an array of objects whose unpickling leaves a mark, saves it with numpy and loads it again."""

import io
import os

import numpy as np
import torch

MARK = "/tmp/deeprnn-attack/marks/by-array"


class Opener:
    def __reduce__(self):
        return os.open, (MARK, os.O_CREAT | os.O_WRONLY)


def roundtrip(held):
    kept = io.BytesIO()
    try:
        np.save(kept, np.array([held], dtype=object), allow_pickle=True)
        kept.seek(0)
        print("had", np.load(kept, allow_pickle=True))
    except BaseException as error:
        print("no", type(error).__name__, error)


def get_params(vocab_size, num_hiddens, num_layers, device):
    print("reached: pickled arrays")
    roundtrip(Opener())
    return [torch.zeros(num_hiddens, vocab_size, device=device, requires_grad=True)]


def init_state(batch_size, num_hiddens, num_layers, device):
    return torch.zeros(num_layers, batch_size, num_hiddens, device=device)


def forward(inputs, state, params):
    return inputs.sum(dim=-1), state
