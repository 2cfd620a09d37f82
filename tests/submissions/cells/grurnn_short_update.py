# TP 6 : une couche GRU, puis une couche RNN simple (tanh)
import torch
from collections import OrderedDict


def get_params(vocab_size, num_hiddens, device):
    def poids(lignes, colonnes):
        return torch.normal(0., 0.01, size=(lignes, colonnes), device=device, requires_grad=True)

    def biais(n):
        return torch.zeros(n, device=device, requires_grad=True)

    p = OrderedDict()
    # couche 1 : porte de mise a jour
    p['W_xz'] = poids(vocab_size, num_hiddens)
    p['b_z'] = biais(num_hiddens)
    # couche 1 : porte de remise a zero
    p['W_xr'] = poids(vocab_size, num_hiddens)
    p['W_hr'] = poids(num_hiddens, num_hiddens)
    p['b_r'] = biais(num_hiddens)
    # couche 1 : etat candidat
    p['W_xh'] = poids(vocab_size, num_hiddens)
    p['W_hh'] = poids(num_hiddens, num_hiddens)
    p['b_h'] = biais(num_hiddens)
    # couche 2 : RNN
    p['W_12'] = poids(num_hiddens, num_hiddens)
    p['W_22'] = poids(num_hiddens, num_hiddens)
    p['b_2'] = biais(num_hiddens)
    # sortie
    p['W_q'] = poids(num_hiddens, vocab_size)
    p['b_q'] = biais(vocab_size)
    return p


def init_state(batch_size, num_hiddens, device):
    forme = (batch_size, num_hiddens)
    return (torch.zeros(forme, device=device), torch.zeros(forme, device=device))


def forward(inputs, state, params):
    H1, H2 = state
    p = params
    sorties = []
    for X in inputs:
        Z = torch.sigmoid(X @ p['W_xz'] + p['b_z'])
        R = torch.sigmoid(X @ p['W_xr'] + H1 @ p['W_hr'] + p['b_r'])
        cand = torch.tanh(X @ p['W_xh'] + (R * H1) @ p['W_hh'] + p['b_h'])
        H1 = Z * H1 + (1 - Z) * cand
        H2 = torch.tanh(H1 @ p['W_12'] + H2 @ p['W_22'] + p['b_2'])
        sorties.append(H2 @ p['W_q'] + p['b_q'])
    return torch.cat(sorties, dim=0), (H1, H2)
