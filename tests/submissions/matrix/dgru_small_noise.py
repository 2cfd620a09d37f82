import torch
from torch.nn import Parameter as P


def get_params(vocab_size, num_hiddens, num_layers, device):
    def w(*s):
        return P(torch.randn(*s, device=device) * 0.01)

    def b(n):
        return P(torch.zeros(n, device=device))

    params = [(w(num_hiddens, vocab_size), b(vocab_size))]
    d = vocab_size
    for _ in range(num_layers):
        params.append(tuple(t for _ in range(3) for t in (w(d, num_hiddens), w(num_hiddens, num_hiddens), b(num_hiddens))))
        d = num_hiddens
    return params


def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.randn(batch_size, num_hiddens, device=device) * 0.01 for _ in range(num_layers)]


def forward(inputs, state, params):
    (Wq, bq), *layers = params
    hs = list(state)
    ys = []
    for x in inputs:
        for k, (Wf, Uf, bf, Wz, Uz, bz, Wn, Un, bn) in enumerate(layers):
            forget = torch.sigmoid(x @ Wf + hs[k] @ Uf + bf)
            z = torch.sigmoid(x @ Wz + hs[k] @ Uz + bz)
            n = torch.tanh(x @ Wn + bn + (1 - forget) * (hs[k] @ Un))
            hs[k] = z * hs[k] + (1 - z) * n
            x = hs[k]
        ys.append(x @ Wq + bq)
    return torch.stack(ys).reshape(-1, bq.numel()), hs
