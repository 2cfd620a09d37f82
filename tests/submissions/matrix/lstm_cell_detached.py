from types import SimpleNamespace

import torch


def get_params(vocab_size, num_hiddens, device):
    def W(rows, cols):
        return torch.nn.Parameter(torch.randn(rows, cols, device=device) * 0.01)

    def b(n):
        return torch.nn.Parameter(torch.zeros(n, device=device))

    p = SimpleNamespace()
    for gate in ("i", "f", "o", "g"):
        setattr(p, gate, (W(vocab_size, num_hiddens), W(num_hiddens, num_hiddens), b(num_hiddens)))
    p.out = (W(num_hiddens, vocab_size), b(vocab_size))
    return p


def init_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),
            torch.zeros(batch_size, num_hiddens, device=device))


def pre(x, h, w):
    return x @ w[0] + h @ w[1] + w[2]


def forward(inputs, state, params):
    h, c = state
    out = []
    for x in inputs:
        i = pre(x, h, params.i).sigmoid()
        f = pre(x, h, params.f).sigmoid()
        o = pre(x, h, params.o).sigmoid()
        g = pre(x, h, params.g).tanh()
        c = f * c.detach() + i * g
        h = o * c.tanh()
        out.append(h @ params.out[0] + params.out[1])
    return torch.cat(out), (h, c)
