import torch


def get_params(vocab_size, num_hiddens, device):
    n = num_hiddens
    shapes = [(vocab_size, 3 * n), (n, 3 * n), (3 * n,),      # GRU z | r | h
              (n, n), (n, n), (n,),                             # RNN
              (n, vocab_size), (vocab_size,)]
    params = []
    for shape in shapes:
        p = torch.zeros(shape, device=device)
        if len(shape) == 2:
            torch.nn.init.xavier_uniform_(p)
        params.append(p.requires_grad_(True))
    return params


def init_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),
            torch.zeros(batch_size, num_hiddens, device=device))


def forward(inputs, state, params):
    Wx, Wh, b, Vx, Vh, c, Wq, bq = params
    n = Wh.shape[0]
    gated, plain = state[0], state[1].clone()
    rows = []
    for x in inputs:
        px = x @ Wx + b
        zr = torch.sigmoid(px[:, :2 * n] + gated @ Wh[:, :2 * n])
        z, r = zr[:, :n], zr[:, n:]
        gated = z * gated + (1 - z) * torch.tanh(px[:, 2 * n:] + (r * gated) @ Wh[:, 2 * n:])
        plain = torch.tanh(gated @ Vx + plain @ Vh + c)
        rows.append(plain @ Wq + bq)
    state[1].data = plain.data
    return torch.cat(rows), (gated, plain)
