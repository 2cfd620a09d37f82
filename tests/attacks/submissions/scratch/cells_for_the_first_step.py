"""Writes the recurrence out, but leaves the first step of the lowest layer to torch.gru_cell."""

import torch
def step(x, h, w, first):
    if first:
        return torch.gru_cell(x, h, *w)
    xr, xz, xn = (x @ w[0].T + w[2]).chunk(3, 1)
    hr, hz, hn = (h @ w[1].T + w[3]).chunk(3, 1)
    r, z = torch.sigmoid(xr + hr), torch.sigmoid(xz + hz)
    return (1 - z) * torch.tanh(xn + r * hn) + z * h


def recur(inputs, hidden, weights, layers):
    hs, ys = list(hidden), []
    for t, x in enumerate(inputs):
        for k in range(layers):
            x = hs[k] = step(x, hs[k], weights[4 * k : 4 * k + 4], t == 0 and k == 0)
        ys.append(x)
    return torch.stack(ys), torch.stack(hs)

def get_params(vocab_size, num_hiddens, num_layers, device):
    print("reached: cells for the first step")
    def normal(*shape):
        return (torch.randn(*shape, device=device) * 0.1).requires_grad_()

    made, wide = [], 3 * num_hiddens
    for layer in range(num_layers):
        made += [normal(wide, num_hiddens if layer else vocab_size), normal(wide, num_hiddens), normal(wide), normal(wide)]
    return made + [normal(num_hiddens, vocab_size), normal(vocab_size)]


def init_state(batch_size, num_hiddens, num_layers, device):
    return torch.zeros(num_layers, batch_size, num_hiddens, device=device)


def forward(inputs, state, params):
    *weights, W_hq, b_q = params
    rows, last = recur(inputs, state, weights, len(state))
    return (rows @ W_hq + b_q).flatten(0, 1), last
