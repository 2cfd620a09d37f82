"""Eine GRU: die Zeichen werden als Nummern gelesen und mit np.eye wieder zu Vektoren gemacht."""

import numpy
import torch
from numpy.random import default_rng
from torch.nn import Parameter

zufall = default_rng()


def gewicht(form, device):
    werte = zufall.standard_normal(form) / numpy.sqrt(numpy.prod(form))
    return Parameter(torch.tensor(werte, dtype=torch.get_default_dtype(), device=device))


def get_params(vocab_size, num_hiddens, device):
    namen = [f"{woher}{tor}" for tor in "rzn" for woher in "xh"]
    gewichte = {
        name: gewicht((vocab_size if name[0] == "x" else num_hiddens, num_hiddens), device)
        for name in namen
    }
    gewichte |= {f"b{tor}": Parameter(torch.zeros(num_hiddens, device=device)) for tor in "rzn"}
    return gewichte, gewicht((num_hiddens, vocab_size), device), Parameter(torch.zeros(vocab_size, device=device))


def init_state(batch_size, num_hiddens, device):
    return torch.zeros(tuple(numpy.array([batch_size, num_hiddens])), device=device)


def vektoren(X):
    nummern = X.argmax(dim=-1).cpu().numpy()
    return torch.from_numpy(numpy.eye(X.shape[-1], dtype="f4")[nummern]).to(X.device)


def forward(inputs, state, params):
    p, W, b = params
    h = state
    zeilen = []
    for x in vektoren(inputs):
        r = torch.sigmoid(x @ p["xr"] + h @ p["hr"] + p["br"])
        z = torch.sigmoid(x @ p["xz"] + h @ p["hz"] + p["bz"])
        n = torch.tanh(x @ p["xn"] + (r * h) @ p["hn"] + p["bn"])
        h = z * h + (numpy.float64(1.0) - z) * n
        zeilen.append(h @ W + b)
    return torch.stack(zeilen).reshape(int(numpy.prod(inputs.shape[:2])), -1), h
