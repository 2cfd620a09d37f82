# Übungsblatt 5, Aufgabe 2: GRU ohne torch.nn.GRU
# Variante von Cho / cuDNN: das Reset-Gatter kommt NACH dem Produkt mit der Matrix.
import torch


def get_gru_params(anzahl_woerter, anzahl_einheiten, geraet):
    V, H = anzahl_woerter, anzahl_einheiten

    def zufall(*form):
        return torch.normal(0.0, 0.01, size=form, device=geraet, requires_grad=True)

    def null(n):
        return torch.zeros(n, device=geraet, requires_grad=True)

    ausgabe = (zufall(H, V), null(V))
    reset = (zufall(V, H), zufall(H, H), null(H))
    update = (zufall(V, H), zufall(H, H), null(H))
    # der Kandidat braucht zwei Bias-Vektoren, einer davon liegt in der Klammer
    kandidat = (zufall(V, H), null(H), zufall(H, H), null(H))
    return ausgabe + reset + update + kandidat


def init_gru_state(stapel, anzahl_einheiten, geraet):
    return (torch.zeros(stapel, anzahl_einheiten, device=geraet),)


def gru(eingaben, zustand, parameter):
    (W_aus, b_aus,
     W_xr, W_hr, b_r,
     W_xz, W_hz, b_z,
     W_xn, b_xn, W_hn, b_hn) = parameter
    (h,) = zustand
    ausgaben = []
    for x in eingaben:
        r = torch.sigmoid(x @ W_xr + h @ W_hr + b_r)
        z = torch.sigmoid(x @ W_xz + h @ W_hz + b_z)
        n = torch.tanh(x @ W_xn + b_xn + r * (h @ W_hn + b_hn))
        h = (1 - z) * n + z * h
        ausgaben.append(h @ W_aus + b_aus)
    return torch.cat(ausgaben, dim=0), (h,)
