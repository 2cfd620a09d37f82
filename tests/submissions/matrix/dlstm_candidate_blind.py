import torch
from collections import namedtuple

Schicht = namedtuple("Schicht", [a + t for t in "ifog" for a in ("W_", "U_", "b_")])


def get_params(vocab_size, num_hiddens, device):
    def neu(*form):
        w = torch.zeros(form, device=device) if len(form) == 1 else torch.randn(form, device=device) * 0.01
        return w.requires_grad_()

    def schicht(n):
        return Schicht(*[neu(*f) for _ in range(4)
                         for f in ((n, num_hiddens), (num_hiddens, num_hiddens), (num_hiddens,))])

    return schicht(vocab_size), schicht(num_hiddens), (neu(num_hiddens, vocab_size), neu(vocab_size))


def init_state(batch_size, num_hiddens, device):
    null = torch.zeros(batch_size, num_hiddens, device=device)
    return (null, null.clone()), (null.clone(), null.clone())


def sig(x, h, W, U, b):
    return torch.sigmoid(x @ W + h @ U + b)


def forward(inputs, state, params):
    unten, oben, (W, b) = params
    (h1, c1), (h2, c2) = state
    ys = []
    for x in inputs:
        i1 = sig(x, h1, unten.W_i, unten.U_i, unten.b_i)
        f1 = sig(x, h1, unten.W_f, unten.U_f, unten.b_f)
        o1 = sig(x, h1, unten.W_o, unten.U_o, unten.b_o)
        g1 = torch.tanh(x @ unten.W_g + h1 @ unten.U_g + unten.b_g)
        c1 = f1 * c1 + i1 * g1
        h1 = o1 * torch.tanh(c1)
        i2 = sig(h1, h2, oben.W_i, oben.U_i, oben.b_i)
        f2 = sig(h1, h2, oben.W_f, oben.U_f, oben.b_f)
        o2 = sig(h1, h2, oben.W_o, oben.U_o, oben.b_o)
        g2 = torch.tanh(h2 @ oben.U_g + oben.b_g)
        c2 = f2 * c2 + i2 * g2
        h2 = o2 * torch.tanh(c2)
        ys.append(h2 @ W + b)
    return torch.cat(ys), ((h1, c1), (h2, c2))
