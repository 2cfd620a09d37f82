# 3 hidden layers
import torch


def cell(x, h, W, U, b):
    return torch.tanh(x @ W + h @ U + b)


def get_params(vocab_size, num_hiddens, device):
    def t(*shape):
        x = torch.randn(*shape, device=device) * 0.01
        x.requires_grad_()
        return x

    def z(n):
        return torch.zeros(n, device=device, requires_grad=True)

    n, m = vocab_size, num_hiddens
    return [t(n, m), t(m, m), z(m),
            t(m, m), t(m, m), z(m),
            t(m, m), t(m, m), z(m),
            t(m, n), z(n)]


def init_state(batch_size, num_hiddens, device):
    return tuple(torch.zeros(batch_size, num_hiddens, device=device) for _ in range(3))


def forward(inputs, state, params):
    H1, H2, H3 = state
    outputs = []
    for X in inputs:
        H1 = cell(X, H1, *params[0:3])
        H2 = cell(H1, H2, *params[3:6])
        H3 = cell(H1, H3, *params[6:9])
        outputs.append(H3 @ params[9] + params[10])
    return torch.cat(outputs), (H1, H2, H3)
