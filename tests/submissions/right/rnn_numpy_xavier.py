# Red recurrente de una capa; los pesos se sortean con numpy (inicialización de Glorot)
import numpy as np
import torch

np.random.seed(2023)


def glorot(filas, columnas):
    limite = np.sqrt(6.0 / (filas + columnas))
    return np.random.uniform(-limite, limite, size=(filas, columnas))


def get_params(vocab_size, num_hiddens, device):
    matrices = [
        glorot(vocab_size, num_hiddens),
        glorot(num_hiddens, num_hiddens),
        np.zeros(num_hiddens),
        glorot(num_hiddens, vocab_size),
        np.zeros(vocab_size),
    ]
    params = [torch.from_numpy(m).float().to(device) for m in matrices]
    for p in params:
        p.requires_grad_(True)
    return params


def init_state(batch_size, num_hiddens, device):
    return (torch.from_numpy(np.zeros((batch_size, num_hiddens), dtype=np.float32)).to(device),)


def rnn(inputs, state, params):
    W_xh, W_hh, b_h, W_hq, b_q = params
    (H,) = state
    salidas = []
    for X in inputs:
        H = torch.tanh(torch.mm(X, W_xh) + torch.mm(H, W_hh) + b_h)
        salidas.append(torch.mm(H, W_hq) + b_q)
    return torch.cat(salidas, dim=0), (H,)
