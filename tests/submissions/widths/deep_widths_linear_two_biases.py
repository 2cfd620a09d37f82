# Übung 7 - Gewichte liegen wie bei torch.nn.Linear: (aus, ein)
import torch
import torch.nn.functional as F


def _als_liste(layer_sizes):
    return [layer_sizes] if isinstance(layer_sizes, int) else list(layer_sizes)


def get_parameters(vocab_size, layer_sizes, device):
    gewichte = []
    ein = vocab_size
    for breite in _als_liste(layer_sizes):
        schicht = [
            torch.empty(breite, ein, device=device).normal_(std=0.02),      # Eingabe
            torch.zeros(breite, device=device),
            torch.empty(breite, breite, device=device).normal_(std=0.02),   # Rückkopplung
            torch.zeros(breite, device=device),
        ]
        gewichte.append(schicht)
        ein = breite
    kopf = [torch.empty(vocab_size, ein, device=device).normal_(std=0.02),
            torch.zeros(vocab_size, device=device)]
    for teil in gewichte + [kopf]:
        for w in teil:
            w.requires_grad_(True)
    return gewichte, kopf


def begin_state(batch_size, layer_sizes, device):
    return [torch.zeros(batch_size, b, device=device) for b in _als_liste(layer_sizes)]


def rnn(inputs, state, params):
    schichten, (w_aus, b_aus) = params
    h = [s for s in state]
    ys = []
    for x in inputs:
        for i, (w_ih, b_ih, w_hh, b_hh) in enumerate(schichten):
            h[i] = torch.tanh(F.linear(x, w_ih, b_ih) + F.linear(h[i], w_hh, b_hh))
            x = h[i]
        ys.append(F.linear(x, w_aus, b_aus))
    return torch.stack(ys).flatten(0, 1), h
