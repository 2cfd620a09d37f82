# Лабораторная 3. Двухслойная сеть: снизу GRU, сверху обычная RNN.
import torch
from torch import sigmoid, tanh


def get_params(vocab_size, num_hiddens, device):
    def w(*размер):
        return torch.nn.Parameter(0.01 * torch.randn(*размер, device=device))

    def b(n):
        return torch.nn.Parameter(torch.zeros(n, device=device))

    V, H = vocab_size, num_hiddens
    gru = [w(V + H, H), b(H),     # z
           w(V + H, H), b(H),     # r
           w(V + H, H), b(H)]     # кандидат
    rnn = [w(H + H, H), b(H)]
    выход = [w(H, V), b(V)]
    return [gru, rnn, выход]


def init_state(batch_size, num_hiddens, device):
    # два скрытых состояния, по одному на слой
    return (torch.zeros(batch_size, num_hiddens, device=device),
            torch.zeros(batch_size, num_hiddens, device=device))


def forward(inputs, state, params):
    (Wz, bz, Wr, br, Wn, bn), (W2, b2), (Wq, bq) = params
    s1, s2 = state
    ответы = []
    for x in inputs:
        xs = torch.cat([x, s1], dim=1)
        z = sigmoid(xs @ Wz + bz)
        r = sigmoid(xs @ Wr + br)
        n = tanh(torch.cat([x, r * s1], dim=1) @ Wn + bn)
        s1 = (1 - z) * n + z * s1
        s2 = sigmoid(torch.cat([s1, s2], dim=1) @ W2 + b2)
        ответы.append(s2 @ Wq + bq)
    return torch.cat(ответы, dim=0), (s1, s2)
