import torch

GATES = 4


def get_params(vocab_size, num_hiddens, device):
    def layer(n_in):
        return [torch.randn(GATES, n_in, num_hiddens, device=device) * 0.01,
                torch.randn(GATES, num_hiddens, num_hiddens, device=device) * 0.01,
                torch.zeros(GATES, num_hiddens, device=device)]

    params = [layer(vocab_size), layer(num_hiddens),
              [torch.randn(num_hiddens, vocab_size, device=device) * 0.01,
               torch.zeros(vocab_size, device=device)]]
    for part in params:
        for tensor in part:
            tensor.requires_grad = True
    return params


def init_state(batch_size, num_hiddens, device):
    def zero():
        return torch.zeros(batch_size, num_hiddens, device=device)
    return [(zero(), zero()), (zero(), zero())]


def forward(inputs, state, params):
    p1, p2, (Wq, bq) = params
    (h1, c), (h2, _) = state
    hs = [h1, h2]
    res = []
    for x in inputs:
        for n, p in enumerate((p1, p2)):
            i, f, o, g = (x @ p[0][k] + hs[n] @ p[1][k] + p[2][k] for k in range(GATES))
            i, f, o, g = i.sigmoid(), f.sigmoid(), o.sigmoid(), g.tanh()
            c = f * c + i * g
            hs[n] = o * torch.tanh(c)
            x = hs[n]
        res.append(x @ Wq + bq)
    h1, h2 = hs
    return torch.cat(res), [(h1, c), (h2, c)]
