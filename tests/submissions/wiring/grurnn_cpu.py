import torch

# Strati: GRU (sotto) -> RNN tanh (sopra)

def get_params(vocab_size, num_hiddens, device):
    def pesi(righe, colonne):
        return (torch.randn(righe, colonne, device=device) * 0.01).requires_grad_()
    def bias(n):
        return torch.zeros(n, device=device).requires_grad_()
    v, h = vocab_size, num_hiddens
    gru = (pesi(v + h, h), bias(h), pesi(v + h, h), bias(h), pesi(v + h, h), bias(h))
    rnn = (pesi(h + h, h), bias(h))
    uscita = (pesi(h, v), bias(v))
    return gru, rnn, uscita

def init_state(batch_size, num_hiddens, device):
    def zeri():
        return torch.zeros(batch_size, num_hiddens, device="cpu")
    return zeri(), zeri()

def net(inputs, state, params):
    (Wr, br, Wz, bz, Wn, bn), (W, b), (Wq, bq) = params
    h1, h2 = state
    uscite = []
    for x in inputs:
        xh = torch.cat((x, h1), dim=1)
        r = torch.sigmoid(xh @ Wr + br)
        z = torch.sigmoid(xh @ Wz + bz)
        n = torch.tanh(torch.cat((x, r * h1), dim=1) @ Wn + bn)
        h1 = z * h1 + (1 - z) * n
        h2 = torch.tanh(torch.cat((h1, h2), dim=1) @ W + b)
        uscite.append(h2 @ Wq + bq)
    return torch.cat(uscite), (h1, h2)
