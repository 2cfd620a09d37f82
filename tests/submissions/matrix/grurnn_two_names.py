import copy
import torch


def get_params(vocab_size, num_hiddens, device):
    n, m = vocab_size, num_hiddens

    def layer(k):
        ws = torch.randn(k, m, device=device) * 0.01, torch.randn(m, m, device=device) * 0.01
        return [w.requires_grad_() for w in ws] + [torch.zeros(m, device=device, requires_grad=True)]

    params = {name: layer(n) for name in ("r", "z", "h")}
    params["rnn"] = layer(m)
    params["q"] = [(torch.randn(m, n, device=device) * 0.01).requires_grad_(),
                   torch.zeros(n, device=device, requires_grad=True)]
    return params


def init_state(batch_size, num_hiddens, device):
    h_gru = h_rnn = torch.zeros(batch_size, num_hiddens, device=device)
    return [h_gru, h_rnn]


def forward(inputs, state, params):
    def lin(x, h, name):
        W, U, b = params[name]
        return x @ W + h @ U + b

    low, high = copy.deepcopy([s.detach() for s in state])
    q, bq = params["q"]
    res = []
    for x in inputs:
        g = low.clone()
        z = torch.sigmoid(lin(x, g, "z"))
        r = torch.sigmoid(lin(x, g, "r"))
        low.copy_(z * g + (1 - z) * torch.tanh(lin(x, r * g, "h")))
        new = torch.tanh(lin(low.clone(), high.clone(), "rnn"))
        high.copy_(new)
        res.append(new @ q + bq)
    return torch.cat(res), [low, high]
