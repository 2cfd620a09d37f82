import torch


def get_gru_params(vocab_size, hidden_size, n_layers, device):
    def make(rows, cols):
        W = torch.randn(rows, cols, device=device) * 0.01
        return [W.requires_grad_(True), torch.zeros(cols, device=device, requires_grad=True)]

    params = [make(hidden_size, vocab_size)]
    for k in range(n_layers):
        rows = (vocab_size if k == 0 else hidden_size) + hidden_size
        params.append(make(rows, hidden_size) + make(rows, hidden_size) + make(rows, hidden_size))
    return params


def init_gru_state(batch_size, hidden_size, n_layers, device):
    return [torch.zeros(batch_size, hidden_size, device=device) for _ in range(n_layers)]


def gru_forward(inputs, state, params):
    (Wq, bq), *layers = params
    hs = state
    ys = []
    for x in inputs:
        new = []
        for k, (Wr, br, Wz, bz, Wh, bh) in enumerate(layers):
            h = hs[k]
            xh = torch.cat([x, h], dim=1)
            r = torch.sigmoid(xh @ Wr + br)
            z = torch.sigmoid(xh @ Wz + bz)
            c = torch.tanh(torch.cat([x, r * h], dim=1) @ Wh + bh)
            new.append(z * h + (1 - z) * c)
            x = hs[k]
        hs = new
        ys.append(hs[-1] @ Wq + bq)
    return torch.cat(ys), hs
