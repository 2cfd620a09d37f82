"""GRU with the three gates side by side in one matrix (order r, z, n, as in cuDNN)."""
import torch


def get_gru_params(input_size, hidden_size, device):
    W_x = torch.randn(input_size, 3 * hidden_size, device=device) * 0.01
    W_h = torch.randn(hidden_size, 3 * hidden_size, device=device) * 0.01
    b_x = torch.zeros(3 * hidden_size, device=device)
    b_h = torch.zeros(3 * hidden_size, device=device)
    W_q = torch.randn(hidden_size, input_size, device=device) * 0.01
    b_q = torch.zeros(input_size, device=device)
    params = W_x, W_h, b_x, b_h, W_q, b_q
    for p in params:
        p.requires_grad_()
    return params


def init_gru_state(batch_size, hidden_size, device):
    return (torch.zeros(batch_size, hidden_size, device=device),)


def gru_cell(x, h, params):
    W_x, W_h, b_x, b_h = params
    x_r, x_z, x_n = (x @ W_x + b_x).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ W_h + b_h).chunk(3, dim=1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    return n + z * (h - n)


def gru(inputs, state, params):
    *cell, W_q, b_q = params
    (h,) = state
    hs = []
    for x in inputs:
        h = gru_cell(x, h, cell)
        hs.append(h)
    return torch.cat(hs) @ W_q + b_q, (h,)
