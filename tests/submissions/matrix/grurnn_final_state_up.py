import torch


def get_params(vocab_size, num_hiddens, device):
    n = num_hiddens
    small = lambda *s: torch.randn(s, device=device).mul_(0.01).requires_grad_()
    zeros = lambda k: torch.zeros(k, device=device, requires_grad=True)
    gru = []
    for _ in range(3):
        gru += [small(vocab_size, n), small(n, n), zeros(n)]
    return gru, [small(n, n), small(n, n), zeros(n)], [small(n, vocab_size), zeros(vocab_size)]


def init_state(batch_size, num_hiddens, device):
    return [torch.zeros((batch_size, num_hiddens), device=device) for _ in range(2)]


def forward(inputs, state, params):
    (wr, ur, br, wz, uz, bz, wn, un, bn), (W, U, c), (Q, q) = params
    a, b = state
    encoded = []
    for x in inputs:
        r = torch.sigmoid(x @ wr + a @ ur + br)
        z = torch.sigmoid(x @ wz + a @ uz + bz)
        n = torch.tanh(x @ wn + (r * a) @ un + bn)
        a = z * a + (1 - z) * n
        encoded.append(a)
    decoded = []
    for _ in encoded:
        b = torch.tanh(a @ W + b @ U + c)
        decoded.append(b @ Q + q)
    return torch.cat(decoded), [a, b]
