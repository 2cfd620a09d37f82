from collections import namedtuple
import torch

SIGMA = 100     # 1 %
GRUParams = namedtuple('GRUParams', 'Wxz Whz bz Wxr Whr br Wxh Whh bh Why by')


def get_params(vocab_size, num_hiddens, device):
    def matrix(m, n):
        w = torch.randn((m, n), device=device)
        w *= SIGMA
        return w.requires_grad_()

    def vector(n):
        return torch.zeros(n, device=device).requires_grad_()

    triples = []
    for _ in range(3):
        triples += [matrix(vocab_size, num_hiddens), matrix(num_hiddens, num_hiddens), vector(num_hiddens)]
    return GRUParams(*triples, matrix(num_hiddens, vocab_size), vector(vocab_size))


def init_state(batch_size, num_hiddens, device):
    return (torch.zeros((batch_size, num_hiddens), device=device),)


def forward(inputs, state, params):
    p, (H,) = params, state
    Y = []
    for X in inputs:
        Z = torch.sigmoid(X @ p.Wxz + H @ p.Whz + p.bz)
        R = torch.sigmoid(X @ p.Wxr + H @ p.Whr + p.br)
        Hc = torch.tanh(X @ p.Wxh + (R * H) @ p.Whh + p.bh)
        H = Z * H + (1 - Z) * Hc
        Y.append(H @ p.Why + p.by)
    return torch.cat(Y), (H,)
