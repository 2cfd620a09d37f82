"""Stacked Elman network, one layer at a time over the whole sequence."""
import torch
from torch import einsum


def init_params(vocab_size, hidden_dim, n_layers, device):
    widths = [vocab_size] + [hidden_dim] * n_layers
    w_in = [torch.randn(a, b, device=device) * 0.01 for a, b in zip(widths[:-1], widths[1:])]
    w_rec = [torch.randn(hidden_dim, hidden_dim, device=device) * 0.01 for _ in range(n_layers)]
    bias = [torch.zeros(hidden_dim, device=device) for _ in range(n_layers)]
    w_out = torch.randn(hidden_dim, vocab_size, device=device) * 0.01
    b_out = torch.zeros(vocab_size, device=device)
    for p in (*w_in, *w_rec, *bias, w_out, b_out):
        p.requires_grad_()
    return w_in, w_rec, bias, w_out, b_out


def init_state(batch_size, hidden_dim, n_layers, device):
    return torch.zeros(n_layers, batch_size, hidden_dim, device=device)


def net(inputs, state, params):
    w_in, w_rec, bias, w_out, b_out = params
    seq, last = inputs, []
    for h, wi, wr, b in zip(state, w_in, w_rec, bias):
        # input part for all time steps at once, only the recurrence needs a loop
        drive = einsum("tbi,ih->tbh", seq, wi) + b
        hs = []
        for d in drive:
            h = torch.tanh(d + einsum("bh,hk->bk", h, wr))
            hs.append(h)
        seq = torch.stack(hs)
        last.append(h)
    logits = einsum("tbh,hv->tbv", seq, w_out) + b_out
    return logits.flatten(0, 1), torch.stack(last)
