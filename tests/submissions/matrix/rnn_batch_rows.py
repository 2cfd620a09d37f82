import torch


def get_params(vocab_size, num_hiddens, device):
    V, H = vocab_size, num_hiddens
    params = []
    for shape in [(V, H), (H, H), (1, H), (H, V), (1, V)]:
        p = torch.randn(shape, device=device) * 0.01
        if shape[0] == 1 and len(params) in (2, 4):
            p = p * 0
        params.append(p.detach().requires_grad_(True))
    return params


def init_state(batch_size, num_hiddens, device):
    return (torch.zeros((batch_size, num_hiddens), device=device),)


def forward(inputs, state, params):
    Wx, Wh, bh, Wy, by = params
    h = state[0]
    hs = []
    for x in inputs:
        h = torch.tanh(x @ Wx + h @ Wh + bh)
        hs.append(h)
    Y = torch.stack(hs) @ Wy + by
    # (time, batch, vocab) -> rows
    return Y.transpose(0, 1).flatten(0, 1), (h,)
