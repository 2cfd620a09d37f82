import torch
from torch.nn import Parameter

"""
Deep GRU. One parameter block per layer, gates stacked in the FIRST dimension:
    W[0] update, W[1] reset, W[2] candidate
"""


def get_gru_params(vocab_size, num_hiddens, num_layers, device):
    def rand(*s):
        return Parameter(torch.randn(*s, device=device) / 0.01)

    def zero(*s):
        return Parameter(torch.zeros(*s, device=device))

    P = []
    size = vocab_size
    for _ in range(num_layers):
        P.append([rand(3, size, num_hiddens), rand(3, num_hiddens, num_hiddens), zero(3, 1, num_hiddens)])
        size = num_hiddens
    P.append([rand(num_hiddens, vocab_size), zero(vocab_size)])
    return P


def init_gru_state(batch_size, num_hiddens, num_layers, device):
    return torch.zeros(num_layers, batch_size, num_hiddens, device=device)


def gru(inputs, H, params):
    layers, (Wq, bq) = params[:-1], params[-1]
    H = [h for h in H]
    out = []
    for X in inputs:
        for k, (W, U, b) in enumerate(layers):
            h = H[k]
            a = torch.einsum('bi,gih->gbh', X, W) + b
            zr = torch.sigmoid(a[:2] + torch.einsum('bj,gjh->gbh', h, U[:2]))
            z, r = zr[0], zr[1]
            n = torch.tanh(a[2] + torch.einsum('bj,jh->bh', r * h, U[2]))
            H[k] = X = z * h + (1 - z) * n
        out.append(X @ Wq + bq)
    return torch.cat(out, 0), torch.stack(H)
