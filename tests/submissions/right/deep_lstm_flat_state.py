# LSTM à plusieurs couches ; état = (H1, C1, H2, C2, ...)
import torch
from torch import nn
import torch.nn.functional as F
import numpy as np


def init_params(vocab_size, num_hiddens, L, device):
    P = {}
    for l in range(L):
        n = num_hiddens if l > 0 else vocab_size
        for porte in 'ifoc':
            P[f'W_x{porte}_{l}'] = nn.Parameter(torch.empty(n, num_hiddens, device=device))
            P[f'W_h{porte}_{l}'] = nn.Parameter(torch.empty(num_hiddens, num_hiddens, device=device))
            P[f'b_{porte}_{l}'] = nn.Parameter(torch.zeros(num_hiddens, device=device))
    P['W_hq'] = nn.Parameter(torch.empty(num_hiddens, vocab_size, device=device))
    P['b_q'] = nn.Parameter(torch.zeros(vocab_size, device=device))
    for nom, p in P.items():
        if nom.startswith('W'):
            nn.init.xavier_uniform_(p)
    return P


def init_state(batch_size, num_hiddens, L, device):
    # attention : 2L tenseurs différents, pas [zeros] * 2L
    return tuple(torch.zeros(batch_size, num_hiddens, device=device) for _ in range(2 * L))


def net(inputs, state, params):
    L = len(state) // 2
    H, C = list(state[0::2]), list(state[1::2])
    sorties = []
    for X in inputs:
        entree = X
        for l in range(L):
            def a(porte):
                return (entree @ params[f'W_x{porte}_{l}'] + H[l] @ params[f'W_h{porte}_{l}']
                        + params[f'b_{porte}_{l}'])
            i, f, o = torch.sigmoid(a('i')), torch.sigmoid(a('f')), torch.sigmoid(a('o'))
            C[l] = f * C[l] + i * torch.tanh(a('c'))
            H[l] = o * torch.tanh(C[l])
            entree = H[l]
        sorties.append(entree @ params['W_hq'] + params['b_q'])
    etat = []
    for h, c in zip(H, C):
        etat += [h, c]
    return torch.cat(sorties, dim=0), tuple(etat)


# --- entraînement sur un petit texte
texte = open('miserables.txt', encoding='utf-8').read()
alphabet = sorted(set(texte))
codes = np.array([alphabet.index(c) for c in texte])
params = init_params(len(alphabet), 128, 2, 'cuda')
opt = torch.optim.Adam(params.values(), lr=2e-3)
for it in range(10000):
    d = np.random.randint(0, len(codes) - 65, size=16)
    lot = torch.tensor(np.stack([codes[k:k + 65] for k in d])).cuda()
    X = F.one_hot(lot[:, :-1].T, len(alphabet)).float()
    y, _ = net(X, init_state(16, 128, 2, 'cuda'), params)
    perte = F.cross_entropy(y, lot[:, 1:].T.reshape(-1))
    opt.zero_grad(); perte.backward(); opt.step()
    if it % 100 == 0:
        print(it, perte.item())
