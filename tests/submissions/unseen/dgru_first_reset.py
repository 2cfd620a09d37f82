import torch
from torch import sigmoid, tanh


def get_params(vocab_size, num_hiddens, device):
    n = num_hiddens
    shapes = [s for below in (vocab_size, n) for _ in "rzh" for s in ((below, n), (n, n), (n,))]
    shapes += [(n, vocab_size), (vocab_size,)]
    return [torch.randn(s, device=device).mul_(0.01).requires_grad_() for s in shapes]


def init_state(batch_size, num_hiddens, device):
    return tuple(torch.zeros(batch_size, num_hiddens, device=device) for _ in range(2))


def forward(inputs, state, params):
    (w_r1, u_r1, a_r1, w_z1, u_z1, a_z1, w_h1, u_h1, a_h1,
     w_r2, u_r2, a_r2, w_z2, u_z2, a_z2, w_h2, u_h2, a_h2, v, d) = params
    low, high = state
    answers = []
    for x in inputs:
        reset1 = sigmoid(x @ w_r1 + low @ u_r1 + a_r1)
        update1 = sigmoid(x @ w_z1 + low @ u_z1 + a_z1)
        fresh1 = tanh(x @ w_h1 + (reset1 * low) @ u_h1 + a_h1)
        low = update1 * low + (1 - update1) * fresh1
        reset2 = sigmoid(low @ w_r2 + high @ u_r2 + a_r2)
        update2 = sigmoid(low @ w_z2 + high @ u_z2 + a_z2)
        fresh2 = tanh(low @ w_h2 + (reset1 * high) @ u_h2 + a_h2)
        high = update2 * high + (1 - update2) * fresh2
        answers.append(high @ v + d)
    return torch.cat(answers), (low, high)
