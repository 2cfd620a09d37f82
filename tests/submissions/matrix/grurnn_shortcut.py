import torch


def get_params(vocab_size, num_hiddens, device):
    h = num_hiddens
    rnd = lambda a, b: torch.randn(a, b, device=device) * 0.01
    params = {
        "gru": [rnd(vocab_size, 3 * h), rnd(h, 3 * h), torch.zeros(3 * h, device=device)],
        "rnn": [rnd(h, h), rnd(h, h), torch.zeros(h, device=device)],
        "out": [rnd(h, vocab_size), torch.zeros(vocab_size, device=device)],
    }
    for ws in params.values():
        for w in ws:
            w.requires_grad_(True)
    return params


def init_state(batch_size, num_hiddens, device):
    return tuple(torch.zeros(batch_size, num_hiddens, device=device) for _ in range(2))


def forward(inputs, state, params):
    Wx, Wh, b = params["gru"]
    Wz, Wr, Wn = Wh.chunk(3, dim=1)
    W_xh, W_hh, b_h = params["rnn"]
    W_hq, b_q = params["out"]
    H1, H2 = state
    outputs = []
    for X in inputs:
        az, ar, an = (X @ Wx + b).chunk(3, dim=1)
        Z = torch.sigmoid(az + H1 @ Wz)
        R = torch.sigmoid(ar + H1 @ Wr)
        H1 = Z * H1 + (1 - Z) * torch.tanh(an + (R * H1) @ Wn)
        H2 = torch.tanh(H1 @ W_xh + H2 @ W_hh + b_h)
        outputs.append((H1 + H2) @ W_hq + b_q)
    return torch.cat(outputs), (H1, H2)
