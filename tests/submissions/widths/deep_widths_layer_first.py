# TP3 : on calcule la couche 1 sur toute la séquence, puis la couche 2, etc.
import torch


def une_couche(suite, h, poids):
    Wx, Wh, b = poids
    entree = suite @ Wx + b          # (T, B, H_l), d'un seul coup
    resultat = []
    for e in entree:
        h = torch.tanh(e + h @ Wh)
        resultat.append(h)
    return torch.stack(resultat), h


def get_params(vocab_size, tailles, device):
    tailles = list(tailles)
    Wx = [torch.randn(a, b, device=device) * 0.01 for a, b in zip([vocab_size] + tailles, tailles)]
    Wh = [torch.randn(b, b, device=device) * 0.01 for b in tailles]
    bh = [torch.zeros(b, device=device) for b in tailles]
    Wq = torch.randn(tailles[-1], vocab_size, device=device) * 0.01
    bq = torch.zeros(vocab_size, device=device)
    for p in Wx + Wh + bh + [Wq, bq]:
        p.requires_grad = True
    return Wx, Wh, bh, Wq, bq


def init_state(batch_size, tailles, device):
    return [torch.zeros(batch_size, n, device=device) for n in tailles]


def deep_rnn(inputs, state, params):
    Wx, Wh, bh, Wq, bq = params
    suite, etats = inputs, []
    for l, h in enumerate(state):
        suite, h = une_couche(suite, h, (Wx[l], Wh[l], bh[l]))
        etats.append(h)
    T, B, _ = suite.shape
    return suite.reshape(T * B, -1) @ Wq + bq, etats
