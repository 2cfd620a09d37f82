import torch


def get_params(vocab_size, num_hiddens, num_layers, device):
    def rnd(*shape):
        return torch.randn(*shape, device=device) * 0.01

    layers = []
    for k in range(num_layers):
        n = num_hiddens if k else vocab_size
        layers.append([rnd(4, n, num_hiddens), rnd(4, num_hiddens, num_hiddens),
                       torch.zeros(4, num_hiddens, device=device)])
    q = [rnd(num_hiddens, vocab_size), torch.zeros(vocab_size, device=device)]
    for group in layers + [q]:
        for w in group:
            w.requires_grad_()
    return {"layers": layers, "q": q}


def init_state(batch_size, num_hiddens, num_layers, device):
    def zeros():
        return torch.zeros(num_layers, batch_size, num_hiddens, device=device)
    return zeros(), zeros()


def forward(inputs, state, params):
    H, C = (list(s.unbind()) for s in state)
    W_q, b_q = params["q"]
    ys = []
    for x in inputs:
        for k, (W, U, b) in enumerate(params["layers"]):
            h, c = H[k], C[k]
            g, i, f, o = (x @ W[n] + h @ U[n] + b[n] for n in range(4))
            g = torch.tanh(g)
            i, f, o = torch.sigmoid(i), torch.sigmoid(f), torch.sigmoid(o)
            c = f * c.mean(0) + i * g
            H[k], C[k] = o * torch.tanh(c), c
            x = H[k]
        ys.append(x @ W_q + b_q)
    return torch.cat(ys), (torch.stack(H), torch.stack(C))
