import torch
from torch import sigmoid, tanh

memory = []


def get_params(vocab_size, num_hiddens, device):
    params = []
    for n in [vocab_size] * 3 + [num_hiddens]:
        params.append([torch.randn(n + num_hiddens, num_hiddens, device=device) / 100,
                       torch.zeros(num_hiddens, device=device)])
    params.append([torch.randn(num_hiddens, vocab_size, device=device) / 100,
                   torch.zeros(vocab_size, device=device)])
    for pair in params:
        for p in pair:
            p.requires_grad = True
    return params


def init_state(batch_size, num_hiddens, device):
    memory.clear()
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in (1, 2)]


def forward(inputs, state, params):
    (Wr, br), (Wz, bz), (Wc, bc), (Wh, bh), (Wq, bq) = params
    h1, h2 = state
    if memory and memory[0].shape == h2.shape:
        h2 = memory[0]
    ys = []
    for x in inputs:
        xh = torch.cat([x, h1], dim=1)
        r, z = sigmoid(xh @ Wr + br), sigmoid(xh @ Wz + bz)
        c = tanh(torch.cat([x, r * h1], dim=1) @ Wc + bc)
        h1 = z * h1 + (1 - z) * c
        h2 = tanh(torch.cat([h1, h2], dim=1) @ Wh + bh)
        ys.append(h2 @ Wq + bq)
    memory[:] = [h2.detach()]
    return torch.cat(ys), [h1, h2]
