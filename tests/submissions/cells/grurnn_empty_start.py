# Práctica 4 - GRU abajo, RNN arriba
import torch


class Pesos(list):
    """Lista de pesos de una capa."""


def _matriz(filas, columnas, device):
    return torch.zeros(filas, columnas, device=device, requires_grad=True)


def _vector(n, device):
    return torch.zeros(n, device=device, requires_grad=True)


def get_params(vocab_size, num_hiddens, device="cpu"):
    gru = Pesos()
    for _ in range(3):   # actualizar, olvidar, candidato
        gru.append((_matriz(vocab_size, num_hiddens, device),
                    _matriz(num_hiddens, num_hiddens, device),
                    _vector(num_hiddens, device)))
    rnn = Pesos([_matriz(num_hiddens, num_hiddens, device),
                 _matriz(num_hiddens, num_hiddens, device),
                 _vector(num_hiddens, device)])
    salida = Pesos([_matriz(num_hiddens, vocab_size, device), _vector(vocab_size, device)])
    return gru, rnn, salida


def init_state(batch_size, num_hiddens, device="cpu"):
    return [torch.zeros(batch_size, num_hiddens, device=device),
            torch.zeros(batch_size, num_hiddens, device=device)]


def lineal(x, h, capa):
    W, U, b = capa
    return x.matmul(W) + h.matmul(U) + b


def forward(inputs, state, params):
    (actualizar, reset, candidato), rnn, (V, c) = params
    h1, h2 = state
    salidas = []
    for x in inputs:
        z = torch.sigmoid(lineal(x, h1, actualizar))
        r = torch.sigmoid(lineal(x, h1, reset))
        h1 = (1 - z) * h1 + z * torch.tanh(lineal(x, r * h1, candidato))
        h2 = torch.tanh(lineal(h1, h2, rnn))
        salidas.append(h2.matmul(V) + c)
    return torch.cat(salidas, 0), [h1, h2]
