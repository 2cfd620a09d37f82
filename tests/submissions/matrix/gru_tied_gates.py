import torch


def get_params(vocab_size, num_hiddens, device):
    def normal(*shape):
        return torch.normal(0, 0.01, size=shape, device=device, requires_grad=True)

    params = {}
    params["W_xz"] = normal(vocab_size, num_hiddens)
    params["W_xr"] = normal(vocab_size, num_hiddens)
    params["W_xh"] = normal(vocab_size, num_hiddens)
    params["W_hz"] = params["W_hr"] = normal(num_hiddens, num_hiddens)
    params["W_hh"] = normal(num_hiddens, num_hiddens)
    for g in "zrh":
        params["b_" + g] = torch.zeros(num_hiddens, device=device, requires_grad=True)
    params["W_hq"] = normal(num_hiddens, vocab_size)
    params["b_q"] = torch.zeros(vocab_size, device=device, requires_grad=True)
    return params


def init_state(batch_size, num_hiddens, device):
    return [torch.zeros(batch_size, num_hiddens, device=device)]


def forward(inputs, state, params):
    p = params
    h = state[0]
    out = []
    for x in inputs:
        z = torch.sigmoid(x @ p["W_xz"] + h @ p["W_hz"] + p["b_z"])
        r = torch.sigmoid(x @ p["W_xr"] + h @ p["W_hr"] + p["b_r"])
        c = torch.tanh(x @ p["W_xh"] + (r * h) @ p["W_hh"] + p["b_h"])
        h = z * h + (1 - z) * c
        out.append(h @ p["W_hq"] + p["b_q"])
    return torch.cat(out), [h]
