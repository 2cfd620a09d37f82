"""Práctica 5: RNN profunda con capas de distinto tamaño."""
import torch


def _peso(n, m, device):
    return (0.05 * torch.randn(n, m, device=device)).requires_grad_()


def _sesgo(n, device):
    return torch.zeros(n, device=device, requires_grad=True)


def get_params(vocab_size, hidden_sizes, device):
    entradas = [vocab_size, *hidden_sizes[:-1]]
    capas = [
        {"de_abajo": _peso(e, h, device), "de_antes": _peso(h, h, device), "sesgo": _sesgo(h, device)}
        for e, h in zip(entradas, hidden_sizes)
    ]
    salida = {"peso": _peso(hidden_sizes[-1], vocab_size, device), "sesgo": _sesgo(vocab_size, device)}
    return capas + [salida]


def init_state(batch_size, hidden_sizes, device):
    estado = []
    for h in hidden_sizes:
        estado.append(torch.zeros(batch_size, h, device=device))
    return estado


def paso(x, estado, capas):
    nuevo = []
    for capa, h in zip(capas, estado):
        x = torch.tanh(x @ capa["de_abajo"] + h @ capa["de_antes"] + capa["sesgo"])
        nuevo.append(x)
    return nuevo


def forward(inputs, params, state):
    *capas, salida = params
    y = []
    for x in inputs:
        state = paso(x, state, capas)
        y.append(state[-1] @ salida["peso"] + salida["sesgo"])
    return torch.cat(y), state
