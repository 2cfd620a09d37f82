import torch


def get_params(vocab_size, num_hiddens, device):
    V, H = vocab_size, num_hiddens
    shapes = [[(V, 3 * H), (H, 3 * H), (3 * H,)], [(H, H), (H, H), (H,)], [(H, V), (V,)]]
    params = [[torch.zeros(s, device=device) if len(s) == 1 else torch.randn(s, device=device) / 100 for s in group]
              for group in shapes]
    for group in params:
        for p in group:
            p.requires_grad = True
    return params


def init_state(batch_size, num_hiddens, device):
    return [torch.zeros((batch_size, num_hiddens), device=device) for i in range(2)]


def forward(inputs, state, params):
    p, q, out = params
    h1, h2 = state
    H = h1.size(1)
    ys = []
    for x in inputs:
        a = x @ p[0] + p[2]
        u = h1 @ p[1][:, :2 * H]
        r = torch.sigmoid(a[:, :H] + u[:, :H])
        z = torch.sigmoid(a[:, H:2 * H] + u[:, H:])
        n = torch.tanh(a[:, 2 * H:] + (r * h1) @ p[1][:, 2 * H:])
        h1 = z * h1 + (1 - z) * n
        h2 = torch.tanh(h1 @ q[0] + h2 @ q[1])
        ys.append(h2 @ out[0] + out[1])
    return torch.cat(ys), [h1, h2]
