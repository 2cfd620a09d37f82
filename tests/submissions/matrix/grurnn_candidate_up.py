import torch


def get_params(vocab_size, num_hiddens, device):
    n = num_hiddens

    def rand(rows, cols):
        return torch.randn(rows, cols, device=device) * 0.01

    params = (rand(vocab_size, 3 * n), rand(n, 3 * n), torch.zeros(3 * n, device=device),
              torch.zeros(n, device=device),
              rand(n, n), rand(n, n), torch.zeros(n, device=device),
              rand(n, vocab_size), torch.zeros(vocab_size, device=device))
    for p in params:
        p.requires_grad_(True)
    return params


def init_state(batch_size, num_hiddens, device):
    return torch.zeros(2, batch_size, num_hiddens, device=device).unbind()


def forward(inputs, state, params):
    V1, U1, b1, b_hn, V2, U2, c2, Wq, bq = params
    low, top = state
    rows = []
    for x in inputs:
        xr, xz, xn = (x @ V1 + b1).chunk(3, 1)
        hr, hz, hn = (low @ U1).chunk(3, 1)
        reset, keep = torch.sigmoid(xr + hr), torch.sigmoid(xz + hz)
        new = torch.tanh(xn + reset * (hn + b_hn))
        low = keep * low + (1 - keep) * new
        top = torch.tanh(new @ V2 + top @ U2 + c2)
        rows.append(top @ Wq + bq)
    return torch.cat(rows), (low, top)
