import torch


def get_params(vocab_size, num_hiddens, device):
    w = {}
    for k in "rzh":
        w["x" + k] = torch.randn(vocab_size, num_hiddens, device=device) * 0.01
        w["h" + k] = torch.randn(num_hiddens, num_hiddens, device=device) * 0.01
        w[k] = torch.zeros(num_hiddens, device=device)
    w["hq"] = torch.randn(num_hiddens, vocab_size, device=device) * 0.01
    w["q"] = torch.zeros(vocab_size, device=device)
    for p in w.values():
        p.requires_grad_(True)
    return w


def init_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),)


def forward(inputs, state, params):
    w = params
    h = state[0]
    y = []
    for x in inputs:
        r = torch.sigmoid(x @ w["xr"] + h @ w["hr"] + w["r"])
        z = torch.sigmoid(x @ w["xz"] + h @ w["hz"] + w["z"])
        h = z * h + (1 - z) * torch.tanh(x @ w["xh"] + (r * h) @ w["hh"] + w["h"])
        y.append(h @ w["hq"] + w["q"])
    return torch.cat(y), (h,)
