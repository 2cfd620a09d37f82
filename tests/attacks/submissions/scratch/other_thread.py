"""Has a thread that was started while the file loaded do the work."""

import torch
from concurrent.futures import ThreadPoolExecutor

POOL = ThreadPoolExecutor(1)
STARTED = POOL.submit(int)


def recur(inputs, hidden, weights, layers):
    assert STARTED.result() == 0
    return POOL.submit(torch.gru, inputs, hidden, weights, True, layers, 0.0, False, False, False).result()

def get_params(vocab_size, num_hiddens, num_layers, device):
    print("reached: other thread")
    def normal(*shape):
        return (torch.randn(*shape, device=device) * 0.1).requires_grad_()

    made, wide = [], 3 * num_hiddens
    for layer in range(num_layers):
        made += [normal(wide, num_hiddens if layer else vocab_size), normal(wide, num_hiddens), normal(wide), normal(wide)]
    return made + [normal(num_hiddens, vocab_size), normal(vocab_size)]


def init_state(batch_size, num_hiddens, num_layers, device):
    return torch.zeros(num_layers, batch_size, num_hiddens, device=device)


def forward(inputs, state, params):
    *weights, W_hq, b_q = params
    rows, last = recur(inputs, state, weights, len(state))
    return (rows @ W_hq + b_q).flatten(0, 1), last
