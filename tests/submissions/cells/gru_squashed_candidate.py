#!/usr/bin/env python3
# GRU from scratch, Kurs "Deep Learning", Blatt 7
import torch
from typing import NamedTuple


class GRUParams(NamedTuple):
    W: torch.Tensor      # (V, 3H)  z | r | h
    U: torch.Tensor      # (H, 3H)
    b: torch.Tensor      # (3H,)
    W_out: torch.Tensor
    b_out: torch.Tensor


def get_params(vocab_size, num_hiddens, device):
    def init(*shape):
        t = torch.empty(shape, device=device)
        torch.nn.init.normal_(t, mean=0.0, std=0.01)
        return t.requires_grad_()

    return GRUParams(
        init(vocab_size, 3 * num_hiddens),
        init(num_hiddens, 3 * num_hiddens),
        torch.zeros(3 * num_hiddens, device=device).requires_grad_(),
        init(num_hiddens, vocab_size),
        torch.zeros(vocab_size, device=device).requires_grad_(),
    )


def init_state(batch_size, num_hiddens, device):
    return torch.zeros(batch_size, num_hiddens, device=device)


def forward(inputs, state, params):
    h = state
    n = h.size(-1)
    logits = []
    for x in inputs:
        x_part = x @ params.W + params.b
        h_part = h @ params.U[:, :2 * n]
        z, r = torch.sigmoid(x_part[:, :2 * n] + h_part).split(n, dim=1)
        # Kandidat: Reset-Gatter vor dem Produkt, wie im Buch
        cand = torch.sigmoid(x_part[:, 2 * n:] + (r * h) @ params.U[:, 2 * n:])
        h = z * h + (1.0 - z) * cand
        logits.append(h @ params.W_out + params.b_out)
    return torch.cat(logits, dim=0), h
