"""Announces a frame of a megabyte and sends one byte of it now and then, for a second; then closes."""

import torch
import os
import time


def drip():
    for number in range(3, 20):
        try:
            os.write(number, (1 << 20).to_bytes(4, "big"))
        except OSError:
            continue
        for _ in range(10):
            time.sleep(0.1)
            os.write(number, b"\xc0")
        os.close(number)

def get_params(vocab_size, num_hiddens, num_layers, device):
    print("reached: drips")
    return [torch.zeros(num_hiddens, vocab_size, device=device, requires_grad=True)]


def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens, device=device)] * num_layers


def forward(inputs, state, params):
    drip()
    return inputs.reshape(-1, inputs.shape[-1]) * 0 + 1, state
