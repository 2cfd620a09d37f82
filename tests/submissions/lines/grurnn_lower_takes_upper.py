"""GRU below, plain RNN above."""

import torch


def matrix(rows, cols, device):
    return (torch.rand(rows, cols, device=device) * 0.1 - 0.05).requires_grad_()


def get_params(vocab_size, num_hiddens, device):
    def set_of(n):
        return (matrix(n, num_hiddens, device), matrix(num_hiddens, num_hiddens, device),
                torch.zeros(num_hiddens, device=device).requires_grad_())

    gates = dict(upd=set_of(vocab_size), res=set_of(vocab_size), new=set_of(vocab_size))
    last = matrix(num_hiddens, vocab_size, device), torch.zeros(vocab_size, device=device).requires_grad_()
    return gates, set_of(num_hiddens), last


def init_state(batch_size, num_hiddens, device):
    return [torch.zeros(batch_size, num_hiddens, device=device), torch.zeros(batch_size, num_hiddens, device=device)]


def lin(w, token, memory):
    return token @ w[0] + memory @ w[1] + w[2]


def gated(g, token, memory):
    upd = lin(g["upd"], token, memory).sigmoid()
    res = lin(g["res"], token, memory).sigmoid()
    new = lin(g["new"], token, res * memory).tanh()
    return upd * memory + (1 - upd) * new


def forward(inputs, state, params):
    gates, plain, (V, v) = params
    first, second = state
    table = []
    for token in inputs:
        first = gated(gates, token, second)
        second = lin(plain, first, second).tanh()
        table.append(second @ V + v)
    return torch.cat(table), [first, second]
