# LSTM de dos capas fijas, pesos fusionados y transpuestos (4H, n)
import torch


def get_lstm_params(tam_vocab, tam_oculto, dispositivo):
    H, V = tam_oculto, tam_vocab

    def peso(filas, columnas):
        p = torch.randn(filas, columnas, device=dispositivo) * 0.01
        return p.requires_grad_(True)

    def sesgo(n):
        return torch.zeros(n, 1, device=dispositivo, requires_grad=True)

    capa1 = (peso(4 * H, V), peso(4 * H, H), sesgo(4 * H))
    capa2 = (peso(4 * H, H), peso(4 * H, H), sesgo(4 * H))
    salida = (peso(V, H), sesgo(V))
    return capa1, capa2, salida


def init_lstm_state(tam_lote, tam_oculto, dispositivo):
    def cero():
        return torch.zeros(tam_lote, tam_oculto, device=dispositivo)
    return (cero(), cero(), cero(), cero())     # h1, c1, h2, c2


def capa_lstm(x, h, c, capa):
    # se trabaja con columnas: x es (n, lote)
    W, U, b = capa
    f, o, i, g = torch.split(W @ x + U @ h + b, h.shape[0], dim=0)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    h = torch.sigmoid(o) * torch.tanh(c)
    return h, c


def lstm(entradas, estado, params):
    capa1, capa2, (W_s, b_s) = params
    h1, c1, h2, c2 = [s.T for s in estado]
    salidas = []
    for x in entradas:
        h1, c1 = capa_lstm(x.T, h1, c1, capa1)
        h2, c2 = capa_lstm(h1, h2, c2, capa2)
        salidas.append((W_s @ h2 + b_s).T)
    # una salida por paso de tiempo
    return salidas, (h1.T, c1.T, h2.T, c2.T)
