from typing import NamedTuple
import torch


class Net(NamedTuple):
    z: tuple
    r: tuple
    h: tuple
    t: tuple
    q: tuple


def get_params(vocab_size, num_hiddens, device):
    def new(*shapes):
        out = []
        for s in shapes:
            p = torch.zeros(s, device=device) if len(s) == 1 else 0.01 * torch.randn(s, device=device)
            out.append(p.requires_grad_(True))
        return tuple(out)

    n, m = vocab_size, num_hiddens
    gate = (n, m), (m, m), (m,)
    return Net(z=new(*gate), r=new(*gate), h=new(*gate), t=new((m, m), (m, m), (m,)), q=new((m, n), (n,)))


def init_state(batch_size, num_hiddens, device):
    return (torch.zeros((batch_size, num_hiddens), device=device),
            torch.zeros((batch_size, num_hiddens), device=device))


def affine(x, h, p):
    return x @ p[0] + h @ p[1] + p[2]


def forward(inputs, state, params):
    u, w = state
    res = []
    for x in inputs:
        z, r = torch.sigmoid(affine(x, u, params.z)), torch.sigmoid(affine(x, u, params.r))
        u = z * u + (1 - z) * torch.tanh(affine(x, r * u, params.h))
        w = torch.tanh(affine(u, w, params.t))
        res.append(w @ params.q[0] + params.q[1])
    return torch.cat(res)[:-len(u)], (u, w)
