import torch


def get_params(vocab_size, num_hiddens, device):
    def normal(m, n):
        return (torch.randn(m, n, device=device) * 0.01).requires_grad_(True)

    def zeros(n):
        return torch.zeros(n, device=device).requires_grad_(True)

    P = []
    for _ in range(3):
        P += [normal(vocab_size, num_hiddens), normal(num_hiddens, num_hiddens), zeros(num_hiddens)]
    square = normal(num_hiddens, num_hiddens)
    P += [square, square, zeros(num_hiddens)]
    P += [normal(num_hiddens, vocab_size), zeros(vocab_size)]
    return P


def init_state(batch_size, num_hiddens, device):
    return tuple(torch.zeros(batch_size, num_hiddens, device=device) for _ in range(2))


def forward(inputs, state, params):
    W_r, U_r, b_r, W_z, U_z, b_z, W_n, U_n, b_n, W, U, b, V, c = params
    g, h = state
    ys = []
    for x in inputs:
        r = torch.sigmoid(x @ W_r + g @ U_r + b_r)
        z = torch.sigmoid(x @ W_z + g @ U_z + b_z)
        n = torch.tanh(x @ W_n + b_n + r * (g @ U_n))
        g = n + z * (g - n)
        h = torch.tanh(g @ W + h @ U + b)
        ys.append(h @ V + c)
    return torch.cat(ys), (g, h)
