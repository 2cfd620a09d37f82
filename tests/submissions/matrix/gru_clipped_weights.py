import torch


def get_params(vocab_size, num_hiddens, device):
    def group(*shapes):
        return [torch.nn.Parameter(0.01 * torch.randn(s, device=device) if len(s) > 1
                                   else torch.zeros(s, device=device)) for s in shapes]

    v, h = vocab_size, num_hiddens
    return [group((v, h), (h, h), (h,)) for _ in "zrh"] + [group((h, v), (v,))]


def init_state(batch_size, num_hiddens, device):
    return [torch.zeros((batch_size, num_hiddens), device=device)]


def forward(inputs, state, params):
    # keep the weights from exploding
    for group in params:
        for w in group:
            w.data.clamp_(-1.0, 1.0)
    z_, r_, h_, (W_hq, b_q) = params
    H, = state
    lin = lambda X, H, g: torch.matmul(X, g[0]) + torch.matmul(H, g[1]) + g[2]
    Y = []
    for X in inputs:
        Z = torch.sigmoid(lin(X, H, z_))
        R = torch.sigmoid(lin(X, H, r_))
        H = (1 - Z) * H + Z * torch.tanh(lin(X, R * H, h_))
        Y.append(torch.matmul(H, W_hq) + b_q)
    return torch.cat(Y, dim=0), [H]
