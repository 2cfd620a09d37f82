import torch


def get_params(vocab_size, num_hiddens, device):
    def new(*shapes):
        return [torch.nn.Parameter(torch.randn(s, device=device) * 0.01 if len(s) > 1
                                   else torch.zeros(s, device=device)) for s in shapes]

    def three(n):
        return new((n, num_hiddens), (num_hiddens, num_hiddens), (num_hiddens,))

    lower = [three(vocab_size) for _ in range(4)]
    upper = [three(num_hiddens) for _ in range(3)]
    return [*lower, *upper, new((num_hiddens, vocab_size), (vocab_size,))]


def init_state(batch_size, num_hiddens, device):
    z = torch.zeros(4, batch_size, num_hiddens, device=device)
    return [z[0], z[1], z[2], z[3]]


def lin(x, h, p):
    return x @ p[0] + h @ p[1] + p[2]


def forward(inputs, state, params):
    lf, li, lo, lg, lf2, lo2, lg2, (W, b) = params
    h1, c1, h2, c2 = state
    ys = []
    for x in inputs:
        f, i, o = (torch.sigmoid(lin(x, h1, p)) for p in (lf, li, lo))
        c1 = f * c1 + i * torch.tanh(lin(x, h1, lg))
        h1 = o * torch.tanh(c1)
        f2, o2 = (torch.sigmoid(lin(h1, h2, p)) for p in (lf2, lo2))
        g2 = torch.tanh(lin(h1, h2, lg2))
        c2 = f2 * c2 + (1 - f2) * g2
        h2 = o2 * torch.tanh(c2)
        ys.append(h2 @ W + b)
    return torch.cat(ys), [h1, c1, h2, c2]
