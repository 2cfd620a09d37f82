import torch
from torch import nn
def get_params(vocab_size, num_hiddens, num_layers, device):
    f = lambda *s: (torch.randn(*s, device=device) * .1).requires_grad_()
    return [[f(vocab_size if l == 0 else num_hiddens, num_hiddens), f(num_hiddens, num_hiddens), f(num_hiddens)] for l in range(num_layers)] + [[f(num_hiddens, vocab_size), f(vocab_size)]]
def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers)]
def forward(inputs, state, params):
    out, state = [], list(state)
    for x in inputs:
        for l, (w, u, b) in enumerate(params[:-1]):
            x = state[l] = torch.tanh(x @ w + state[l] @ u + b)
        out.append(x @ params[-1][0] + params[-1][1])
    return torch.cat(out), state, None
