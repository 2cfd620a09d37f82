import torch


def get_params(vocab_size, num_hiddens, device):
    V, H = vocab_size, num_hiddens

    def make(i, j):
        return torch.randn(i, j, device=device) * 0.01

    groups = [(make(V, H), make(H, H), torch.zeros(H, device=device)) for _ in range(3)]
    w2 = make(H, H), make(H, H), make(H, H), torch.zeros(H, device=device)
    groups.append(w2)
    groups.append((make(H, V), torch.zeros(V, device=device)))
    for group in groups:
        for w in group:
            w.requires_grad_()
    return groups


def init_state(batch_size, num_hiddens, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(2)]


def forward(inputs, state, params):
    (Wr, Ur, br), (Wz, Uz, bz), (Wn, Un, bn) = params[:3]
    W2, U2, *_, b2 = params[3]
    Wq, bq = params[4]
    h, k = state
    ys = []
    for x in inputs:
        r = torch.sigmoid(x @ Wr + h @ Ur + br)
        z = torch.sigmoid(x @ Wz + h @ Uz + bz)
        h = z * h + (1 - z) * torch.tanh(x @ Wn + (r * h) @ Un + bn)
        k = torch.tanh(h @ W2 + k @ U2 + b2)
        ys.append(k @ Wq + bq)
    return torch.cat(ys), [h, k]
