import torch


def get_params(vocab_size, num_hiddens, num_layers, device):
    def stack(n):
        return [torch.randn(3, n, num_hiddens, device=device) * 0.01,
                torch.randn(3, num_hiddens, num_hiddens, device=device) * 0.01,
                torch.zeros(3, num_hiddens, device=device)]

    params = [stack(num_hiddens if k else vocab_size) for k in range(num_layers)]
    params.append([torch.randn(num_hiddens, vocab_size, device=device) * 0.01,
                   torch.zeros(vocab_size, device=device)])
    for ws in params:
        for w in ws:
            w.requires_grad_()
    return params


def init_state(batch_size, num_hiddens, num_layers, device):
    return torch.zeros(num_layers, batch_size, num_hiddens, device=device)


def gru(x, h, W, U, b):
    r = torch.sigmoid(x @ W[0] + h @ U[0] + b[0])
    z = torch.sigmoid(x @ W[1] + h @ U[1] + b[1])
    n = torch.tanh(x @ W[2] + (r * h) @ U[2])
    return z * h + (1 - z) * n


def forward(inputs, state, params):
    hs = list(state)
    out = []
    for x in inputs:
        for k in range(len(hs)):
            x = hs[k] = gru(x, hs[k], *params[k])
        out.append(x @ params[-1][0] + params[-1][1])
    return torch.cat(out), torch.stack(hs)
