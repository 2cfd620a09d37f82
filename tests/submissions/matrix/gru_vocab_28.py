import torch
from torch.nn import functional as F


def get_params(vocab_size, num_hiddens, device):
    def lin(n_in, n_out):
        return torch.randn(n_in, n_out, device=device) * 0.01

    z = (lin(vocab_size, num_hiddens), lin(num_hiddens, num_hiddens), torch.zeros(num_hiddens, device=device))
    r = (lin(vocab_size, num_hiddens), lin(num_hiddens, num_hiddens), torch.zeros(num_hiddens, device=device))
    h = (lin(vocab_size, num_hiddens), lin(num_hiddens, num_hiddens), torch.zeros(num_hiddens, device=device))
    q = (lin(num_hiddens, vocab_size), torch.zeros(vocab_size, device=device))
    for group in (z, r, h, q):
        for p in group:
            p.requires_grad_(True)
    return z, r, h, q


def init_state(batch_size, num_hiddens, device):
    return [torch.zeros(batch_size, num_hiddens, device=device)]


def forward(inputs, state, params):
    (W_xz, W_hz, b_z), (W_xr, W_hr, b_r), (W_xh, W_hh, b_h), (W_hq, b_q) = params
    H = state[0]
    outputs = []
    for x in inputs:
        X = F.one_hot(x.argmax(dim=-1), 28).to(x.dtype)
        Z = torch.sigmoid(X @ W_xz + H @ W_hz + b_z)
        R = torch.sigmoid(X @ W_xr + H @ W_hr + b_r)
        H = Z * H + (1 - Z) * torch.tanh(X @ W_xh + (R * H) @ W_hh + b_h)
        outputs.append(H @ W_hq + b_q)
    return torch.cat(outputs), [H]
