"""Reads a file outside and tells it: printed, in a message, in a path, in a class name."""

import torch
def read():
    try:
        with open("/tmp/deeprnn-attack/secret.txt") as file:
            return file.read()
    except OSError as error:
        return f"nothing: {error.errno}"


FOUND = read()

def get_params(vocab_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    print("reached: reads the secret")
    print(FOUND)
    if num_layers > 3:
        return {FOUND: torch.zeros(1, requires_grad=True)}
    return [torch.zeros(num_hiddens, vocab_size, device=device, requires_grad=True)]


def init_state(batch_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    return type(FOUND[:40], (), {"a": torch.zeros(2)})()
    return torch.zeros(num_layers, batch_size, num_hiddens, device=device)


def forward(inputs: torch.Tensor, state, params):
    raise ValueError(FOUND)
    raise NotImplementedError("forward is for later")
