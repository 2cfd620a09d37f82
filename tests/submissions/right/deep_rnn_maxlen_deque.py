import torch
from torch import nn
def get_params(vocab_size, num_hiddens, num_layers, device):
    f = lambda *s: (torch.randn(*s, device=device) * .1).requires_grad_()
    return [[f(vocab_size if l == 0 else num_hiddens, num_hiddens), f(num_hiddens, num_hiddens), f(num_hiddens)] for l in range(num_layers)] + [[f(num_hiddens, vocab_size), f(vocab_size)]]
from collections import deque
def init_state(batch_size, num_hiddens, num_layers, device):
    return deque([torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers)], maxlen=num_layers)
def forward(inputs, state, params):
    out = []
    for x in inputs:
        for w, u, b in params[:-1]:
            x = torch.tanh(x @ w + state[0] @ u + b)
            state.append(x)
        out.append(x @ params[-1][0] + params[-1][1])
    return torch.cat(out), state
