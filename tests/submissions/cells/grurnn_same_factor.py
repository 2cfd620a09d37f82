# Ödev 2: altta GRU, üstte RNN
import numpy as np
import torch


def get_params(vocab_size, num_hiddens, device):
    olcek = 0.01

    def rastgele(a, b):
        dizi = np.random.randn(a, b) * olcek
        return torch.tensor(dizi, dtype=torch.get_default_dtype(), device=device, requires_grad=True)

    def sifir(a):
        return torch.zeros(a, device=device, requires_grad=True)

    gru = [rastgele(vocab_size, num_hiddens), rastgele(num_hiddens, num_hiddens), sifir(num_hiddens),
           rastgele(vocab_size, num_hiddens), rastgele(num_hiddens, num_hiddens), sifir(num_hiddens),
           rastgele(vocab_size, num_hiddens), rastgele(num_hiddens, num_hiddens), sifir(num_hiddens)]
    rnn = [rastgele(num_hiddens, num_hiddens), rastgele(num_hiddens, num_hiddens), sifir(num_hiddens)]
    cikis = [rastgele(num_hiddens, vocab_size), sifir(vocab_size)]
    return gru + rnn + cikis


def init_state(batch_size, num_hiddens, device):
    H_gru = torch.zeros(batch_size, num_hiddens, device=device)
    H_rnn = torch.zeros(batch_size, num_hiddens, device=device)
    return (H_gru, H_rnn)


def forward(inputs, state, params):
    (Wr, Ur, br, Wz, Uz, bz, Wh, Uh, bh, W2, U2, b2, Wy, by) = params
    H_gru, H_rnn = state
    ciktilar = []
    for X in inputs:
        # --- GRU ---
        R = torch.sigmoid(torch.mm(X, Wr) + torch.mm(H_gru, Ur) + br)
        Z = torch.sigmoid(torch.mm(X, Wz) + torch.mm(H_gru, Uz) + bz)
        aday = torch.tanh(torch.mm(X, Wh) + torch.mm(R * H_gru, Uh) + bh)
        H_gru = Z * H_gru + Z * aday
        # --- RNN ---
        H_rnn = torch.tanh(torch.mm(H_gru, W2) + torch.mm(H_rnn, U2) + b2)
        ciktilar.append(torch.mm(H_rnn, Wy) + by)
    return torch.cat(ciktilar), (H_gru, H_rnn)
