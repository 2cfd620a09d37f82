import torch

# Práctica 4 - RNN profunda. Cada capa es un diccionario; la última entrada es la salida.


def get_params_deep(vocab_size, num_hiddens, num_layers, device):
    capas = []
    entrada = vocab_size
    for _ in range(num_layers):
        capas.append({
            'Wx': torch.randn(entrada, num_hiddens, device=device) * 0.01,
            'Wh': torch.randn(num_hiddens, num_hiddens, device=device) * 0.01,
            'b': torch.zeros(num_hiddens, device=device),
        })
        entrada = num_hiddens   # a partir de aquí se lee la capa de abajo
    capas.append({
        'W': torch.randn(num_hiddens, vocab_size, device=device) * 0.01,
        'b': torch.zeros(vocab_size, device=device),
    })
    for capa in capas:
        for p in capa.values():
            p.requires_grad_(True)
    return capas


def begin_state(batch_size, num_hiddens, num_layers, device):
    estado = []
    for _ in range(num_layers):
        estado.append(torch.zeros(batch_size, num_hiddens, device=device))
    return estado


def deep_rnn(inputs, params, state):
    *capas, salida = params
    H = list(state)      # copia, para no tocar la lista de quien llama
    outputs = []
    for X in inputs:
        dato = X
        for i, capa in enumerate(capas):
            H[i] = torch.tanh(dato @ capa['Wx'] + H[i] @ capa['Wh'] + capa['b'])
            dato = H[i]
        outputs.append(dato @ salida['W'] + salida['b'])
    return torch.cat(outputs, dim=0), H
