# Exercício 3: duas camadas recorrentes
import torch
import torch.nn as nn


def get_params(vocab_size, num_hiddens, device):
    num_entradas = num_saidas = vocab_size

    def peso(*tamanho):
        return nn.Parameter(torch.randn(*tamanho, device=device) * 0.01)

    def vies(n):
        return nn.Parameter(torch.zeros(n, device=device))

    params = nn.ParameterDict()
    # camada 1
    params["W_xh1"] = peso(num_entradas, num_hiddens)
    params["W_hh1"] = peso(num_hiddens, num_hiddens)
    params["b_h1"] = vies(num_hiddens)
    # camada 2
    params["W_hh2"] = peso(num_hiddens, num_hiddens)
    params["b_h2"] = vies(num_hiddens)
    # saída
    params["W_hq"] = peso(num_hiddens, num_saidas)
    params["b_q"] = vies(num_saidas)
    return params


def init_rnn_state(batch_size, num_hiddens, device):
    return (torch.zeros((batch_size, num_hiddens), device=device),
            torch.zeros((batch_size, num_hiddens), device=device))


def rnn(inputs, state, params):
    H1, H2 = state
    outputs = []
    for X in inputs:
        H1 = torch.tanh(X @ params["W_xh1"] + H1 @ params["W_hh1"] + params["b_h1"])
        H2 = torch.tanh(H1 @ params["W_hh2"] + params["b_h2"])
        Y = H2 @ params["W_hq"] + params["b_q"]
        outputs.append(Y)
    return torch.cat(outputs, dim=0), (H1, H2)
