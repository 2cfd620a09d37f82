import torch


def get_params(vocab_size, num_hiddens, num_layers, device):
    params = []
    for k in range(num_layers):
        n = num_hiddens if k else vocab_size
        for _ in range(3):
            params += [torch.randn(n, num_hiddens, device=device) * 0.01,
                       torch.randn(num_hiddens, num_hiddens, device=device) * 0.01,
                       torch.zeros(num_hiddens, device=device)]
    params += [torch.randn(num_hiddens, vocab_size, device=device) * 0.01,
               torch.zeros(vocab_size, device=device)]
    for param in params:
        param.requires_grad
    return params


def init_state(batch_size, num_hiddens, num_layers, device):
    return tuple(torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers))


def forward(inputs, state, params):
    hs, seq = [], inputs
    for k, h in enumerate(state):
        Wr, Ur, br, Wz, Uz, bz, Wn, Un, bn = params[9 * k:9 * k + 9]
        out = []
        for x in seq:
            r = torch.sigmoid(x @ Wr + h @ Ur + br)
            z = torch.sigmoid(x @ Wz + h @ Uz + bz)
            h = z * h + (1 - z) * torch.tanh(x @ Wn + (r * h) @ Un + bn)
            out.append(h)
        hs.append(h)
        seq = torch.stack(out)
    return (seq @ params[-2] + params[-1]).flatten(0, 1), tuple(hs)
