# GRU - implementação do zero (lista 5)
import torch
import torch.nn as nn


def inicializar(linhas, colunas, device):
    return nn.Parameter(torch.normal(0, 0.01, (linhas, colunas), device=device))


def get_params(vocab_size, num_hiddens, device):
    pesos = {}
    for porta in ('z', 'r', 'h'):
        pesos['W_x' + porta] = inicializar(vocab_size, num_hiddens, device)
        pesos['W_h' + porta] = inicializar(num_hiddens, num_hiddens, device)
        pesos['b_' + porta] = nn.Parameter(torch.zeros(num_hiddens, device=device))
    pesos['W_hq'] = inicializar(num_hiddens, vocab_size, device)
    pesos['b_q'] = nn.Parameter(torch.zeros(vocab_size, device=device))
    return pesos


def init_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),)


def forward(inputs, state, params):
    p = params
    H = state[0]
    saidas = []
    for X in inputs:
        # portas
        Z = torch.sigmoid(X @ p['W_xz'] + H @ p['W_hz'] + p['b_z'])
        R = torch.sigmoid(X @ p['W_xr'] + H @ p['W_hr'] + p['b_r'])
        # estado candidato
        H_til = torch.tanh(X @ p['W_xh'] + H @ p['W_hh'] + p['b_h'])
        # novo estado
        H = Z * H + (1 - Z) * H_til
        saidas.append(H @ p['W_hq'] + p['b_q'])
    return torch.cat(saidas, dim=0), (H,)
