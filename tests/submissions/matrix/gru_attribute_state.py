import torch


def get_gru_params(vocab_size, num_hiddens, device):
    W_x = torch.randn(vocab_size, 3 * num_hiddens, device=device) * 0.01
    W_h = torch.randn(num_hiddens, 3 * num_hiddens, device=device) * 0.01
    b = torch.zeros(3 * num_hiddens, device=device)
    W_q = torch.randn(num_hiddens, vocab_size, device=device) * 0.01
    b_q = torch.zeros(vocab_size, device=device)
    return tuple(p.requires_grad_() for p in (W_x, W_h, b, W_q, b_q))


def init_gru_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),)


def gru(inputs, state, params):
    W_x, W_h, b, W_q, b_q = params
    W_rz, W_n = W_h[:, :2 * len(W_h)], W_h[:, 2 * len(W_h):]
    if gru.H is None or gru.H.shape != state[0].shape:
        gru.H = state[0]
    H = gru.H
    ys = []
    for X in inputs:
        xr, xz, xn = (X @ W_x + b).chunk(3, dim=-1)
        hr, hz = (H @ W_rz).chunk(2, dim=-1)
        R, Z = torch.sigmoid(xr + hr), torch.sigmoid(xz + hz)
        H = Z * H + (1 - Z) * torch.tanh(xn + (R * H) @ W_n)
        ys.append(H @ W_q + b_q)
    gru.H = H.detach()
    return torch.cat(ys), (H,)


gru.H = None
