import torch
from collections import deque

def get_params(vocab_size, hidden_dims, device):
    mk = lambda *s: (torch.rand(*s, device=device) - .5).div(10).requires_grad_()
    p = [mk(hidden_dims[-1], vocab_size), mk(vocab_size)]
    for a, b in zip([vocab_size, *hidden_dims], hidden_dims):
        p += [mk(a, b), mk(b, b), mk(b)]
    return p

def init_state(batch_size, hidden_dims, device):
    return [torch.zeros(batch_size, d, device=device) for d in hidden_dims]

def forward(inputs, state, params):
    Wq, bq, *rest = params
    cells = [rest[i:i + 3] for i in range(0, len(rest), 3)]
    ys = []
    for x in inputs:
        done = deque()
        for h, (W, U, b) in zip(state, cells):
            x = torch.tanh(x @ W + h @ U + b)
            done.appendleft(x)
        state = list(done)[::-1]
        ys.append(x @ Wq + bq)
    return torch.cat(ys), list(done)
