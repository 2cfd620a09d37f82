import torch


def get_params(vocab_size, num_hiddens, device):
    ps = []
    for _ in range(3):
        ps += [torch.randn(vocab_size, num_hiddens, device=device).mul(0.01),
               torch.randn(num_hiddens, num_hiddens, device=device).mul(0.01),
               torch.zeros(num_hiddens, device=device)]
    ps += [torch.randn(num_hiddens, vocab_size, device=device).mul(0.01), torch.zeros(vocab_size, device=device)]
    for p in ps:
        p.requires_grad_(True)
    return ps


def init_state(batch_size, num_hiddens, device):
    return torch.zeros(batch_size, num_hiddens, device=device)


def gru_forward(inputs, state, params):
    W_r, U_r, b_r, W_z, U_z, b_z, W_h, U_h, b_h, W_y, b_y = params
    h = state
    ys = []
    for x in inputs:
        r = torch.sigmoid(x @ W_r + h @ U_r + b_r)
        z = torch.sigmoid(x @ W_z + h @ U_z + b_z)
        h = z * h + (1 - z) * torch.tanh(x @ W_h + (r * h) @ U_h + b_h)
        ys.append(torch.tanh(h @ W_y + b_y))
    return torch.cat(ys, dim=0), h
