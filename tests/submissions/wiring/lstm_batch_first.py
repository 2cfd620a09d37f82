# Compte rendu TP4 : LSTM « à la main » (Claire D. / Hugo M.)
import torch
from torch import sigmoid, tanh


def get_params(vocab_size, num_hiddens, device):
    def mat(*taille):
        m = torch.empty(*taille, device=device)
        torch.nn.init.normal_(m, std=0.01)
        return m.requires_grad_()

    def biais(n):
        return torch.zeros(n, device=device, requires_grad=True)

    n, h = vocab_size, num_hiddens
    oubli = [mat(n, h), mat(h, h), biais(h)]
    entree = [mat(n, h), mat(h, h), biais(h)]
    candidat = [mat(n, h), mat(h, h), biais(h)]
    sortie = [mat(n, h), mat(h, h), biais(h)]
    return {"oubli": oubli, "entree": entree, "candidat": candidat, "sortie": sortie,
            "decodeur": [mat(h, n), biais(n)]}


def init_state(batch_size, num_hiddens, device):
    return torch.zeros(2, batch_size, num_hiddens, device=device)


def lstm(inputs, state, params):
    h, c = state[0], state[1]
    T, B, V = inputs.shape
    lin = lambda x, h, p: x @ p[0] + h @ p[1] + p[2]
    # le lot d'abord : une séquence par ligne
    sequences = inputs.reshape(B, T, V)
    V_out, b_out = params["decodeur"]
    sorties = []
    for t in range(T):
        x = sequences[:, t]
        f = sigmoid(lin(x, h, params["oubli"]))
        i = sigmoid(lin(x, h, params["entree"]))
        g = tanh(lin(x, h, params["candidat"]))
        o = sigmoid(lin(x, h, params["sortie"]))
        c = f * c + i * g
        h = o * tanh(c)
        sorties.append(h @ V_out + b_out)
    return torch.cat(sorties), torch.stack([h, c])
