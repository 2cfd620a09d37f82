import torch


def init_params(vocab_size, num_hiddens, num_layers, device):
    def mk(m, n):
        return torch.randn(m, n, device=device) * 0.01

    layers = []
    for idx in range(num_layers):
        d = vocab_size if idx == 0 else num_hiddens
        layers.append((mk(d + num_hiddens, 2 * num_hiddens),
                       torch.zeros(2 * num_hiddens, device=device),
                       mk(d + num_hiddens, num_hiddens),
                       torch.zeros(num_hiddens, device=device)))
    out = (mk(num_hiddens, vocab_size), torch.zeros(vocab_size, device=device))
    for group in layers + [out]:
        for p in group:
            p.requires_grad_(True)
    return layers, out


def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers)]


def gru_cell(x, h, Wg, bg, Wc, bc):
    r, z = torch.sigmoid(torch.cat([x, h], 1) @ Wg + bg).chunk(2, dim=1)
    ones = torch.ones(z.shape, device="cpu")
    cand = torch.tanh(torch.cat([x, r * h], 1) @ Wc + bc)
    return (ones - z) * h + z * cand


def forward(inputs, state, params):
    layers, (W, b) = params
    hs, ys = list(state), []
    for x in inputs:
        for idx, layer in enumerate(layers):
            x = hs[idx] = gru_cell(x, hs[idx], *layer)
        ys.append(x @ W + b)
    return torch.cat(ys), hs
