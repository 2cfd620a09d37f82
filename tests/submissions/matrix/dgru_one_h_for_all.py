import torch


def get_params(vocab_size, num_hiddens, device, num_layers):
    params = []
    for k in range(num_layers):
        for _ in range(3):
            params += [torch.randn(num_hiddens if k else vocab_size, num_hiddens, device=device) * 0.01,
                       torch.randn(num_hiddens, num_hiddens, device=device) * 0.01,
                       torch.zeros(num_hiddens, device=device)]
    params += [torch.randn(num_hiddens, vocab_size, device=device) * 0.01, torch.zeros(vocab_size, device=device)]
    for p in params:
        p.requires_grad_()
    return params


def init_state(batch_size, num_hiddens, device, num_layers):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers)]


def zelle(x, h, W_r, U_r, b_r, W_z, U_z, b_z, W_n, U_n, b_n):
    r = torch.sigmoid(x @ W_r + h @ U_r + b_r)
    z = torch.sigmoid(x @ W_z + h @ U_z + b_z)
    n = torch.tanh(x @ W_n + (r * h) @ U_n + b_n)
    return z * h + (1 - z) * n


def forward(inputs, state, params):
    h = state[0]
    aus = []
    for x in inputs:
        for k in range(len(state)):
            h_neu = zelle(x, h, *params[9 * k:9 * k + 9])
            h = h_neu
            x = h
        aus.append(h @ params[-2] + params[-1])
    return torch.cat(aus), [h] * len(state)
