import torch


def get_params(vocab_size, num_hiddens, num_layers, device):
    layers = []
    for k in range(num_layers):
        layer = []
        for _ in range(3 if k == 0 else 1):
            layer.append(torch.randn(num_hiddens if k else vocab_size, num_hiddens, device=device) * 0.01)
            layer.append(torch.randn(num_hiddens, num_hiddens, device=device) * 0.01)
            layer.append(torch.zeros(num_hiddens, device=device))
        layers.append(layer)
    out = [torch.randn(num_hiddens, vocab_size, device=device) * 0.01, torch.zeros(vocab_size, device=device)]
    for ps in layers + [out]:
        for p in ps:
            p.requires_grad_()
    return layers, out


def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers)]


def gru(x, h, p):
    r = torch.sigmoid(x @ p[0] + h @ p[1] + p[2])
    z = torch.sigmoid(x @ p[3] + h @ p[4] + p[5])
    return z * h + (1 - z) * torch.tanh(x @ p[6] + (r * h) @ p[7] + p[8])


def forward(inputs, state, params):
    layers, (W, b) = params
    H = list(state)
    res = []
    for x in inputs:
        for k, p in enumerate(layers):
            if k == 0:
                h = gru(x, H[k], p)
            else:
                p = [None] * 6 + p
                h = torch.tanh(x @ p[6] + H[k] @ p[7] + p[8])
            H[k] = x = h
        res.append(x @ W + b)
    return torch.cat(res), H
