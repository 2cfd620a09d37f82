# -*- coding: utf-8 -*-
# Многослойный GRU (2 слоя), домашнее задание
import torch


def make_params(vocab_size, hidden_size, device):
    def mat(a, b):
        t = torch.empty(a, b, device=device)
        t.normal_(std=0.01)
        return t.requires_grad_()

    def vec(n):
        return torch.zeros(n, device=device, requires_grad=True)

    def layer(n_in):
        # z, r, h
        return [mat(n_in, hidden_size), mat(hidden_size, hidden_size), vec(hidden_size),
                mat(n_in, hidden_size), mat(hidden_size, hidden_size), vec(hidden_size),
                mat(n_in, hidden_size), mat(hidden_size, hidden_size), vec(hidden_size)]

    return [layer(vocab_size), layer(hidden_size), [mat(hidden_size, vocab_size), vec(vocab_size)]]


def init_gru_state(batch_size, hidden_size, device):
    # сначала нижний слой, потом верхний
    return [torch.zeros(batch_size, hidden_size, device=device),
            torch.zeros(batch_size, hidden_size, device=device)]


def step(x, h, w):
    Wxz, Whz, bz, Wxr, Whr, br, Wxh, Whh, bh = w
    z = torch.sigmoid(x @ Wxz + h @ Whz + bz)
    r = torch.sigmoid(x @ Wxr + h @ Whr + br)
    cand = torch.tanh(x @ Wxh + (r * h) @ Whh + bh)
    return z * h + (1 - z) * cand


def gru(inputs, state, params):
    first, second, (Why, by) = params
    h_low, h_top = state
    ys = []
    for x in inputs:
        h_low = step(x, h_low, first)
        h_top = step(h_low, h_top, second)
        ys.append(h_top @ Why + by)
    return torch.cat(ys, dim=0), [h_top, h_low]


if __name__ == '__main__':
    p = make_params(30, 16, 'cpu')
    s = init_gru_state(2, 16, 'cpu')
    y, s = gru(torch.randn(6, 2, 30), s, p)
    print(y.size())
