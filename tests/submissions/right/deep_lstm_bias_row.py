# everything of a layer in one matrix: rows [x | h | 1], columns [c i f o]
import torch


def get_params(vocab_size, num_hiddens, num_layers, device):
    mats = []
    for l in range(num_layers):
        n = (vocab_size if l == 0 else num_hiddens) + num_hiddens
        M = torch.randn(n + 1, 4 * num_hiddens, device=device) * 0.01
        M[-1] = 0                       # last row = bias
        mats.append(M)
    Q = torch.randn(num_hiddens + 1, vocab_size, device=device) * 0.01
    Q[-1] = 0
    mats.append(Q)
    return [M.requires_grad_() for M in mats]


def init_state(batch_size, num_hiddens, num_layers, device):
    z = lambda: torch.zeros(num_layers, batch_size, num_hiddens, device=device)
    return z(), z()


def augment(*parts):
    one = torch.ones_like(parts[0][:, :1])
    return torch.cat([*parts, one], dim=1)


def net(X, state, params):
    *layers, Q = params
    hs, cs = state
    Y = []
    for x in X:
        h_new, c_new = [], []
        for M, h, c in zip(layers, hs, cs):
            g, i, f, o = (augment(x, h) @ M).chunk(4, 1)
            c = f.sigmoid() * c + i.sigmoid() * g.tanh()
            x = o.sigmoid() * c.tanh()
            h_new.append(x)
            c_new.append(c)
        hs, cs = torch.stack(h_new), torch.stack(c_new)
        Y.append(augment(x) @ Q)
    return torch.cat(Y), (hs, cs)
