import torch
from torch.nn.functional import linear


def get_params(vocab_size, num_hiddens, num_layers, device):
    params = {}
    for k in range(num_layers):
        n = vocab_size if k == 0 else num_hiddens
        params[f"U{k}"] = torch.empty(num_hiddens, n, device=device)
        params[f"W{k}"] = torch.empty(num_hiddens, num_hiddens, device=device)
        params[f"b{k}"] = torch.empty(num_hiddens, device=device)
    params["V"] = torch.empty(vocab_size, num_hiddens, device=device)
    params["c"] = torch.empty(vocab_size, device=device)
    for w in params.values():
        if w.dim() == 2:
            torch.nn.init.constant_(w, 0.05)
        else:
            torch.nn.init.zeros_(w)
        w.requires_grad_()
    return params


def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers)]


def forward(inputs, state, params):
    p, s = params, list(state)
    outs = []
    for x in inputs:
        for k in range(len(s)):
            s[k] = linear(x, p[f"U{k}"], p[f"b{k}"]).add(linear(s[k], p[f"W{k}"])).tanh()
            x = s[k]
        outs.append(linear(x, p["V"], p["c"]))
    return torch.cat(outs), s
