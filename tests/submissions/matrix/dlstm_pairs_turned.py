import torch


def get_params(vocab_size, num_hiddens, num_layers, device):
    def normal(a, b):
        return torch.randn((a, b), device=device).mul(0.01).requires_grad_(True)

    def zero(n):
        return torch.zeros((n,), device=device, requires_grad=True)

    layers = []
    n = vocab_size
    while len(layers) < num_layers:
        layers.append([f() for _ in range(4) for f in (lambda: normal(n, num_hiddens),
                                                       lambda: normal(num_hiddens, num_hiddens),
                                                       lambda: zero(num_hiddens))])
        n = num_hiddens
    return layers, [normal(num_hiddens, vocab_size), zero(vocab_size)]


def init_state(batch_size, num_hiddens, num_layers, device):
    z = torch.zeros((batch_size, num_hiddens), device=device)
    return [(z.clone(), z.clone()) for _ in range(num_layers)]


def forward(inputs, state, params):
    layers, (W_hq, b_q) = params
    X = inputs
    new_state = []
    for (H, C), p in zip(state, layers):
        Hs = []
        for x in X:
            I = torch.sigmoid(x @ p[0] + H @ p[1] + p[2])
            F = torch.sigmoid(x @ p[3] + H @ p[4] + p[5])
            O = torch.sigmoid(x @ p[6] + H @ p[7] + p[8])
            C = F * C + I * torch.tanh(x @ p[9] + H @ p[10] + p[11])
            H = O * torch.tanh(C)
            Hs.append(H)
        X = torch.stack(Hs)
        new_state.append((C, H))
    Y = X @ W_hq + b_q
    return Y.reshape(-1, Y.shape[2]), new_state
