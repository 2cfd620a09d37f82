# GRU layer + tanh layer.   Params are flat: 9 for layer 1, then layer 2, then output
import torch as T

SIGMA = 0.01


def get_params(vocab, hidden, device):
    def gate(n):
        return [SIGMA * T.randn(n, hidden, device=device),
                SIGMA * T.randn(hidden, hidden, device=device),
                T.zeros(hidden, device=device)]

    flat = gate(vocab) + gate(vocab) + gate(vocab)
    flat += gate(hidden) + gate(hidden) + gate(hidden)
    flat += [SIGMA * T.randn(hidden, vocab, device=device), T.zeros(vocab, device=device)]
    return [t.requires_grad_() for t in flat]


def init_state(batch, hidden, device):
    return [T.zeros(batch, hidden, device=device), T.zeros(batch, hidden, device=device)]


def layer(x, h, p):
    wz, uz, bz, wr, ur, br, wh, uh, bh = p
    z = T.sigmoid(x @ wz + h @ uz + bz)
    r = T.sigmoid(x @ wr + h @ ur + br)
    n = T.tanh(x @ wh + r * (h @ uh) + bh)
    return z * h + (1 - z) * n


def gru_rnn(inputs, state, params):
    bottom, top, (wq, bq) = params[:9], params[9:-2], params[-2:]
    h1, h2 = state
    out = []
    for x in inputs:
        h1 = layer(x, h1, bottom)
        h2 = layer(h1, h2, top)
        out.append(h2 @ wq + bq)
    return T.cat(out), [h1, h2]
