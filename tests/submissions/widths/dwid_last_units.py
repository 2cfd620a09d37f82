import torch
from torch.nn import functional as F


def get_params(vocab_size, widths, device):
    params = {}
    for i, w in enumerate(widths):
        below = widths[i - 1] if i else vocab_size
        take = min(below, w) if i else below
        params["take", i] = F.normalize(torch.randn(take, w, device=device), dim=0)
        params["keep", i] = F.normalize(torch.randn(w, w, device=device), dim=0)
        params["add", i] = torch.zeros(w, device=device)
    params["out"] = F.normalize(torch.randn(widths[-1], vocab_size, device=device), dim=0)
    params["out_add"] = torch.zeros(vocab_size, device=device)
    for key in params:
        params[key].requires_grad_()
    return params


def begin_state(batch_size, widths, device):
    return [torch.zeros(batch_size, w, device=device) for w in widths]


def network(inputs, state, params):
    hs, ys = list(state), []
    for x in inputs:
        for i in range(len(hs)):
            used = x[:, -len(params["take", i]):]
            a = used.mm(params["take", i]) + hs[i].mm(params["keep", i])
            x = hs[i] = torch.tanh(a + params["add", i])
        ys.append(x.mm(params["out"]) + params["out_add"])
    return torch.cat(ys), hs
