"""Les poids viennent de numpy en double précision."""
import numpy as np
import torch


def poids(lignes, colonnes, device):
    tirage = np.random.randn(lignes, colonnes) * 0.02
    feuille = torch.tensor(tirage, device=device, requires_grad=True)
    return feuille.float()


def get_params(vocab_size, num_hiddens, device):
    return {
        "wx": poids(vocab_size, num_hiddens, device),
        "wh": poids(num_hiddens, num_hiddens, device),
        "bh": torch.zeros(num_hiddens, device=device, requires_grad=True),
        "wo": poids(num_hiddens, vocab_size, device),
        "bo": torch.zeros(vocab_size, device=device, requires_grad=True),
    }


def init_state(batch_size, num_hiddens, device):
    return [torch.zeros(batch_size, num_hiddens, device=device)]


def forward(inputs, state, params):
    h = state[0]
    sorties = []
    for x in inputs:
        h = torch.tanh(x @ params["wx"] + h @ params["wh"] + params["bh"])
        sorties.append(h @ params["wo"] + params["bo"])
    return torch.cat(sorties), [h]
