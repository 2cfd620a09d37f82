import torch

# stacked: W0 (3, V, H), W (L-1, 3, H, H), U (L, 3, H, H), b (L, 3, H)


def get_params(vocab_size, num_hiddens, num_layers, device):
    V, H, L = vocab_size, num_hiddens, num_layers
    params = dict(
        W0=torch.randn(3, V, H, device=device) * 0.01,
        W=torch.randn(L - 1, 3, H, H, device=device) * 0.01,
        U=torch.randn(L, 3, H, H, device=device) * 0.01,
        b=torch.zeros(L, 3, H, device=device),
        Q=torch.randn(H, V, device=device) * 0.01,
        q=torch.zeros(V, device=device),
    )
    for p in params.values():
        p.requires_grad_(True)
    return params


def init_state(batch_size, num_hiddens, num_layers, device):
    return tuple(torch.zeros(batch_size, 512, device=device) for _ in range(num_layers))


def forward(inputs, state, params):
    h = list(state)
    y = []
    for x in inputs:
        for k in range(len(h)):
            W = params["W0"] if k == 0 else params["W"][k - 1]
            U, b = params["U"][k], params["b"][k]
            wx = torch.einsum("bi,gih->gbh", x, W)
            uh = torch.einsum("bi,gih->gbh", h[k], U)
            r = torch.sigmoid(wx[0] + uh[0] + b[0])
            z = torch.sigmoid(wx[1] + uh[1] + b[1])
            n = torch.tanh(wx[2] + r * uh[2] + b[2])
            h[k] = z * h[k] + (1 - z) * n
            x = h[k]
        y.append(x @ params["Q"] + params["q"])
    return torch.cat(y), tuple(h)
