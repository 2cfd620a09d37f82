# Deep LSTM, zwei Schichten
import numpy as np
import torch


def get_params(vocab_size, num_hiddens, device):
    rng = np.random.default_rng()

    def gewicht(zeilen, spalten):
        # letzte Zeile = Bias
        w = rng.normal(0.0, 0.01, size=(zeilen + 1, spalten))
        w[-1] = 0.0
        return torch.tensor(w, dtype=torch.get_default_dtype(), requires_grad=True)

    unten = {g: gewicht(vocab_size + num_hiddens, num_hiddens) for g in "ifoc"}
    oben = {g: gewicht(2 * num_hiddens, num_hiddens) for g in "ifoc"}
    return [unten, oben, gewicht(num_hiddens, vocab_size)]


def init_state(batch_size, num_hiddens, device):
    null = torch.zeros((batch_size, num_hiddens), device=device)
    return [(null.clone(), null.clone()), (null.clone(), null.clone())]


def schicht(x, h, c, p):
    eins = x.new_ones((x.shape[0], 1))
    v = torch.cat([x, h, eins], dim=1)
    i, f, o = (torch.sigmoid(v @ p[g]) for g in "ifo")
    c = f * c + i * torch.tanh(v @ p["c"])
    return o * torch.tanh(c), c


def forward(inputs, state, params):
    unten, oben, aus = params
    (h1, c1), (h2, c2) = state
    ausgabe = []
    for x in inputs:
        h1, c1 = schicht(x, h1, c1, unten)
        h2, c2 = schicht(h1, h2, c2, oben)
        ausgabe.append(h2 @ aus[:-1] + aus[-1])
    return torch.cat(ausgabe), [(h1, c1), (h2, c2)]
