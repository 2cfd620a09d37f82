"""Writes a huge length, then bytes that are no message, to every descriptor that takes them."""

import torch
import os


def 写():
    for 号 in range(3, 64):
        for 字节 in (b"\xff\xff\xff\xff", b"\xc1" * 5000):
            try:
                os.write(号, 字节)
            except OSError:
                pass

def get_params(vocab_size, num_hiddens, num_layers, device):
    print("reached: sends garbage")
    return [torch.zeros(num_hiddens, vocab_size, device=device, requires_grad=True)]


def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens, device=device)] * num_layers


def forward(inputs, state, params):
    写()
    return inputs.reshape(-1, inputs.shape[-1]) * 0 + 1, state
