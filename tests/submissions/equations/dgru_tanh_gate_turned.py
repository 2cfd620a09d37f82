import torch
from collections import namedtuple

Layer = namedtuple("Layer", "Wxz Whz bz Wxr Whr br Wxh Whh bh")


def get_params(vocab_size, num_hiddens, num_layers, device):
    layers = []
    for k in range(num_layers):
        n = vocab_size if k == 0 else num_hiddens
        tensors = []
        for _ in range(3):
            tensors += [torch.randn(n, num_hiddens, device=device) * 0.01,
                        torch.randn(num_hiddens, num_hiddens, device=device) * 0.01,
                        torch.zeros(num_hiddens, device=device)]
        layers.append(Layer(*[t.requires_grad_(True) for t in tensors]))
    Whq = (torch.randn(num_hiddens, vocab_size, device=device) * 0.01).requires_grad_(True)
    bq = torch.zeros(vocab_size, device=device, requires_grad=True)
    return layers, Whq, bq


def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros((batch_size, num_hiddens), device=device) for _ in range(num_layers)]


def forward(inputs, state, params):
    layers, Whq, bq = params
    hs = [h for h in state]
    out = []
    for x in inputs:
        for k, p in enumerate(layers):
            h = hs[k]
            z = torch.tanh(x @ p.Wxz + h @ p.Whz + p.bz)
            r = torch.sigmoid(x @ p.Wxr + h @ p.Whr + p.br)
            n = torch.tanh(x @ p.Wxh + (r * h) @ p.Whh + p.bh)
            hs[k] = x = (1 - z) * h + z * n
        out.append(x @ Whq + bq)
    return torch.cat(out, 0), hs
