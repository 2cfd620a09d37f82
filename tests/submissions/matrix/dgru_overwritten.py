import torch


def get_params(vocab_size, num_hiddens, device):
    def layer(n):
        return [torch.randn(n, 3 * num_hiddens, device=device) * 0.01,
                torch.randn(num_hiddens, 3 * num_hiddens, device=device) * 0.01,
                torch.zeros(3 * num_hiddens, device=device)]

    params = [layer(vocab_size), layer(num_hiddens), layer(num_hiddens),
              [torch.randn(num_hiddens, vocab_size, device=device) * 0.01, torch.zeros(vocab_size, device=device)]]
    for layer_params in params:
        for p in layer_params:
            p.requires_grad = True
    return params


def init_state(batch_size, num_hiddens, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(3)]


def cell(x, h, p):
    W, U, b = p
    k = h.shape[1]
    a = x @ W + b
    rz = torch.sigmoid(a[:, :2 * k] + h @ U[:, :2 * k])
    n = torch.tanh(a[:, 2 * k:] + (rz[:, :k] * h) @ U[:, 2 * k:])
    return rz[:, k:] * (h - n) + n


def forward(inputs, state, params):
    h1, h2, h3 = state
    W, b = params[3]
    out = []
    for x in inputs:
        h1 = cell(x, h1, params[0])
        h2 = cell(h1, h2, params[1])
        h3 = cell(h1, h3, params[2])
        out.append(h3 @ W + b)
    return torch.cat(out), [h1, h2, h3]
