import torch


def get_params(vocab_size, num_hiddens, device):
    normal = lambda *n: torch.randn(*n, device=device).mul_(0.01).requires_grad_()
    ceros = lambda n: torch.zeros(n, device=device, requires_grad=True)
    v, h = vocab_size, num_hiddens
    capa1 = (normal(3 * h, v), normal(3 * h, h), ceros(3 * h), ceros(3 * h))
    capa2 = (normal(h, h), normal(h, h), ceros(h))
    salida = (normal(h, v), ceros(v))
    return capa1, capa2, salida


def init_state(batch_size, num_hiddens, device):
    return tuple(torch.zeros(batch_size, num_hiddens, device=device) for _ in range(2))


def forward(inputs, state, params):
    capa1, (W_xh, W_hh, b_h), (W_hq, b_q) = params
    abajo, arriba = state
    salidas = []
    for x in inputs:
        abajo = torch.gru_cell(x, abajo, *capa1)
        arriba = torch.tanh(abajo @ W_xh + arriba @ W_hh + b_h)
        salidas.append(arriba @ W_hq + b_q)
    return torch.cat(salidas), (abajo, arriba)
