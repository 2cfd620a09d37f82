"""Ćwiczenie 3: głęboka sieć rekurencyjna (RNN), dowolna liczba warstw."""
import torch
from torch import nn


def get_params(vocab_size, num_hiddens, num_layers, device):
    wymiary = [vocab_size] + [num_hiddens] * num_layers
    warstwy = nn.ParameterList()
    for we, wy in zip(wymiary, wymiary[1:]):
        # jedna macierz na warstwę: [wejście; stan] -> stan
        warstwy.append(nn.Parameter(torch.randn(we + wy, wy, device=device) * 0.01))
        warstwy.append(nn.Parameter(torch.zeros(wy, device=device)))
    warstwy.append(nn.Parameter(torch.randn(num_hiddens, vocab_size, device=device) * 0.01))
    warstwy.append(nn.Parameter(torch.zeros(vocab_size, device=device)))
    return list(warstwy)


def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers)]


def forward(inputs, state, params):
    *warstwy, W_wy, b_wy = params
    stany = list(state)
    wyniki = []
    for x in inputs:
        nowe = []
        for W, b, h in zip(warstwy[0::2], warstwy[1::2], stany):
            x = torch.tanh(torch.cat([x, h], dim=1) @ W + b)
            nowe.append(x)
        stany = nowe
        wyniki.append(x @ W_wy + b_wy)
    wyniki = torch.cat(wyniki)
    return torch.log_softmax(wyniki, dim=1), stany
