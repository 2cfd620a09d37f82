import torch


def get_params(vocab_size, num_hiddens, device):
    V, H = vocab_size, num_hiddens
    W = torch.randn(3, V, H, device=device) * 0.01                 # r, z, n
    U = [torch.randn(H, H, device=device) * 0.01 for _ in range(3)]
    b = [torch.zeros(H, device=device) for _ in range(3)]
    top = [torch.randn(H, H, device=device) * 0.01, torch.randn(H, H, device=device) * 0.01,
           torch.zeros(H, device=device)]
    out = [torch.randn(H, V, device=device) * 0.01, torch.zeros(V, device=device)]
    params = [W, *U, *b, *top, *out]
    for p in params:
        p.requires_grad_()
    return params


def init_state(batch_size, num_hiddens, device):
    return torch.zeros(2, batch_size, num_hiddens, device=device)


def forward(inputs, state, params):
    W, U_r, U_z, U_n, b_r, b_z, b_n, V, U, b, W_q, b_q = params
    H1, H2 = state
    out = []
    for X in inputs:
        pre = torch.matmul(X, W)
        R = torch.sigmoid(pre[0] + b_r + H1 @ U_r)
        Z = torch.sigmoid(pre[1] + b_z + H1 @ U_z)
        cand = torch.tanh(pre[2] + b_n + H1 @ U_n)
        H1 = Z * H1 + (1 - Z) * cand
        H2 = torch.tanh(H1 @ V + b + H2 @ U)
        out.append(H2 @ W_q + b_q)
    return torch.cat(out), torch.stack([H1, H2])
