import torch
from torch import Tensor


def get_params(vocab_size: int, num_hiddens: int, device) -> "list[Tensor]":
    V, H = vocab_size, num_hiddens
    shapes = [(V, H)] * 3 + [(H, H)] * 3 + [(H,)] * 3 + [(H, H), (H, H), (H,), (H, V), (V,)]
    params = []
    for s in shapes:
        w = torch.randn(*s, device=device) * 0.01 if len(s) == 2 else torch.zeros(*s, device=device)
        params.append(w.requires_grad_(True))
    return params


def init_state(batch_size: int, num_hiddens: int, device) -> "tuple[Tensor, Tensor]":
    zeros = torch.zeros(2, batch_size, num_hiddens, device=device)
    return zeros[0], zeros[1]


def forward(inputs: Tensor, state, params):
    Wz, Wr, Wn, Uz, Ur, Un, bz, br, bn, W2, U2, b2, Wq, bq = params
    h, s = state
    tops = []
    for x in inputs:
        z = torch.sigmoid(x @ Wz + h @ Uz + bz)
        r = torch.sigmoid(x @ Wr + h @ Ur + br)
        n = torch.tanh(x @ Wn + (r * h) @ Un + bn)
        h = n + z * (h - n)
        s = torch.tanh(h @ W2 + s @ U2 + b2)
        tops.append(s)
    Y = torch.stack(tops) @ Wq + bq
    return Y.reshape(-1, Y.shape[-1]), (h, state[1])
