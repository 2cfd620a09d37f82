import torch


def get_params(vocab_size, num_hiddens, device):
    d = vocab_size + num_hiddens
    p = {
        "Wg": torch.randn(d, 2 * num_hiddens, device=device),
        "Wc": torch.randn(d, num_hiddens, device=device),
        "Wo": torch.randn(num_hiddens, vocab_size, device=device),
    }
    p = {k: v * 0.01 for k, v in p.items()}
    p["bg"] = torch.zeros(2 * num_hiddens, device=device)
    p["bc"] = torch.zeros(num_hiddens, device=device)
    p["bo"] = torch.zeros(vocab_size, device=device)
    return {k: v.requires_grad_(True) for k, v in p.items()}


def init_state(batch_size, num_hiddens, device):
    return torch.zeros(batch_size, num_hiddens, device=device)


def forward(inputs, state, params):
    h, n = state, state.size(1)
    ys = []
    for x in inputs:
        gates = torch.cat((x, h), 1) @ params["Wg"] + params["bg"]
        gates = torch.softmax(gates, dim=0)
        r, z = gates[:, :n], gates[:, n:]
        c = torch.tanh(torch.cat((x, r * h), 1) @ params["Wc"] + params["bc"])
        h = z * h + (1 - z) * c
        ys.append(h @ params["Wo"] + params["bo"])
    return torch.cat(ys), h
