import torch

# Práctica 4


def get_params(vocab_size, num_hiddens, device):
    v, h = vocab_size, num_hiddens
    formas = [(v, h), (h, h), (h,)] * 3 + [(h, h), (h, h), (h,)] + [(h, v), (v,)]
    params = [torch.zeros(f, device=device) for f in formas]
    for p in params:
        if p.ndim == 2:
            p.normal_(0, 0.01)
        p.requires_grad_(True)
    return params


def init_state(batch_size, num_hiddens, device):
    return [torch.zeros((batch_size, num_hiddens), device=device),
            torch.zeros((batch_size, num_hiddens), device=device)]


def forward(inputs, state, params):
    Wz, Uz, bz, Wr, Ur, br, Wh, Uh, bh, W2, U2, b2, Wq, bq = params
    bajo, alto = state
    salidas = []
    for x in inputs:
        z = torch.sigmoid(x @ Wz + bajo @ Uz + bz)
        r = torch.sigmoid(x @ Wr + bajo @ Ur + br)
        candidato = torch.tanh(x @ Wh + (r * bajo) @ Uh + bh)
        bajo = (1 - z) * bajo + z * candidato
        alto = torch.tanh(bajo @ W2 + alto @ U2 + b2)
        salidas.append(torch.sigmoid(alto @ Wq + bq))
    return torch.cat(salidas), [bajo, alto]
