import torch


def get_params(vocab_size, num_hiddens, device):
    def normal(shape):
        return torch.randn(shape, device=device) * 0.01

    def two():
        return [normal((vocab_size, num_hiddens)), normal((num_hiddens, num_hiddens))]

    def three():
        return two() + [torch.zeros(num_hiddens, device=device)]

    groups = [two(), three(), three(), three()]
    params = [p for g in groups for p in g]
    params += [normal((num_hiddens, vocab_size)), torch.zeros(vocab_size, device=device)]
    for param in params:
        param.requires_grad_(True)
    return params


def init_state(batch_size, num_hiddens, device):
    return (torch.zeros((batch_size, num_hiddens), device=device),
            torch.zeros((batch_size, num_hiddens), device=device))


def forward(inputs, state, params):
    W_xf, W_hf, W_xi, W_hi, b_i, W_xo, W_ho, b_o, W_xc, W_hc, b_c, W_hq, b_q = params
    (H, C) = state
    outputs = []
    for X in inputs:
        F = torch.sigmoid(X @ W_xf + H @ W_hf)
        I = torch.sigmoid(X @ W_xi + H @ W_hi + b_i)
        O = torch.sigmoid(X @ W_xo + H @ W_ho + b_o)
        C = F * C + I * torch.tanh(X @ W_xc + H @ W_hc + b_c)
        H = O * torch.tanh(C)
        outputs.append(H @ W_hq + b_q)
    return torch.cat(outputs, dim=0), (H, C)
