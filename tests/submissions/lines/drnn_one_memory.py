"""Zwei Schichten, jede von einer Hilfsfunktion gerechnet."""

import torch


def gewicht(m, n, device):
    return (0.05 * torch.randn(m, n, device=device)).requires_grad_()


def get_params(vocab_size, num_hiddens, device):
    unten = [gewicht(vocab_size, num_hiddens, device), gewicht(num_hiddens, num_hiddens, device),
             torch.zeros(num_hiddens, device=device, requires_grad=True)]
    oben = [gewicht(num_hiddens, num_hiddens, device), gewicht(num_hiddens, num_hiddens, device),
            torch.zeros(num_hiddens, device=device, requires_grad=True)]
    aus = [gewicht(num_hiddens, vocab_size, device), torch.zeros(vocab_size, device=device, requires_grad=True)]
    return unten, oben, aus


def init_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),
            torch.zeros(batch_size, num_hiddens, device=device))


def schritt(eingabe, gemerkt, schicht):
    return torch.tanh(eingabe @ schicht[0] + gemerkt @ schicht[1] + schicht[2])


def forward(inputs, state, params):
    unten, oben, aus = params
    u, o = state[0], state[1]
    zeilen = []
    for x in inputs:
        eingabe = x
        for schicht in (unten, oben):
            u = schritt(eingabe, u, schicht)
            eingabe = u
        zeilen.append(u @ aus[0] + aus[1])
    return torch.cat(zeilen), (u, u)
