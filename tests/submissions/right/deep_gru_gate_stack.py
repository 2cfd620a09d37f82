import torch

# For each layer: Wx (3, n_in, h), Wh (3, h, h), b (3, 1, h); gate axis = [reset, update, new]


def get_params(v, h, depth, device):
    Wx, Wh, b = [], [], []
    for d in range(depth):
        n_in = v if d == 0 else h
        Wx.append(torch.randn(3, n_in, h, device=device) * 0.01)
        Wh.append(torch.randn(3, h, h, device=device) * 0.01)
        b.append(torch.zeros(3, 1, h, device=device))
    out = [torch.randn(h, v, device=device) * 0.01, torch.zeros(v, device=device)]
    for group in (Wx, Wh, b, out):
        for p in group:
            p.requires_grad_()
    return Wx, Wh, b, out


def init_state(batch_size, h, depth, device):
    return tuple(torch.zeros(batch_size, h, device=device) for _ in range(depth))


def deep_gru(inputs, state, params):
    Wx, Wh, b, (Wo, bo) = params
    outputs = []
    for x in inputs:
        new = []
        for h, wx, wh, bias in zip(state, Wx, Wh, b):
            ax = x @ wx + bias                          # (3, B, h) by broadcasting
            rz = torch.sigmoid(ax[:2] + h @ wh[:2])     # both gates at once
            r, z = rz[0], rz[1]
            n = torch.tanh(ax[2] + (r * h) @ wh[2])
            x = torch.lerp(n, h, z)                     # n + z (h - n)
            new.append(x)
        state = tuple(new)
        outputs.append(x @ Wo + bo)
    return torch.cat(outputs), state
