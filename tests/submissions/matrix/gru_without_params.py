import torch


def init_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),)


def forward(inputs, state, params=None):
    h, = state
    V, H = inputs.shape[2], h.shape[1]
    if params is None:
        shapes = [(V, 3 * H), (H, 3 * H), (3 * H,), (H, V), (V,)]
        params = [torch.randn(s, device=inputs.device) * 0.01 for s in shapes]
        params = [p.requires_grad_() for p in params]
    W, U, b, W_q, b_q = params
    ys = []
    for x in inputs:
        xr, xz, xh = (x @ W + b).chunk(3, 1)
        r = torch.sigmoid(xr + h @ U[:, :H])
        z = torch.sigmoid(xz + h @ U[:, H:2 * H])
        h = z * h + (1 - z) * torch.tanh(xh + (r * h) @ U[:, 2 * H:])
        ys.append(h @ W_q + b_q)
    return torch.cat(ys), (h,)
