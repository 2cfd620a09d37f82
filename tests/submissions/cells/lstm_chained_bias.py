# coding: utf-8
# Übung 9, Aufgabe 2: LSTM von Hand
import torch


def get_params(vocab_size, num_hiddens, device):
    def w(zeilen, spalten):
        return torch.randn((zeilen, spalten), device=device).mul_(0.01)

    # Eingabe -> Gatter
    W_xi, W_xf, W_xo, W_xc = [w(vocab_size, num_hiddens) for _ in range(4)]
    # alter Zustand -> Gatter
    W_hi, W_hf, W_ho, W_hc = [w(num_hiddens, num_hiddens) for _ in range(4)]
    # Verschiebungen, fangen alle bei 0 an
    b_i = b_f = b_o = b_c = torch.zeros(num_hiddens, device=device)
    # Ausgabe
    W_hq = w(num_hiddens, vocab_size)
    b_q = torch.zeros(vocab_size, device=device)

    parameter = (W_xi, W_hi, b_i, W_xf, W_hf, b_f,
                 W_xo, W_ho, b_o, W_xc, W_hc, b_c, W_hq, b_q)
    for p in parameter:
        p.requires_grad = True
    return parameter


def init_state(batch_size, num_hiddens, device):
    H = torch.zeros(batch_size, num_hiddens, device=device)
    C = torch.zeros(batch_size, num_hiddens, device=device)
    return H, C


def forward(inputs, state, params):
    (W_xi, W_hi, b_i, W_xf, W_hf, b_f,
     W_xo, W_ho, b_o, W_xc, W_hc, b_c, W_hq, b_q) = params
    H, C = state
    ausgaben = []
    for X in inputs:
        i = torch.sigmoid(X.mm(W_xi) + H.mm(W_hi) + b_i)
        f = torch.sigmoid(X.mm(W_xf) + H.mm(W_hf) + b_f)
        o = torch.sigmoid(X.mm(W_xo) + H.mm(W_ho) + b_o)
        kandidat = torch.tanh(X.mm(W_xc) + H.mm(W_hc) + b_c)
        C = f * C + i * kandidat
        H = o * C.tanh()
        ausgaben.append(H.mm(W_hq) + b_q)
    return torch.cat(ausgaben), (H, C)
