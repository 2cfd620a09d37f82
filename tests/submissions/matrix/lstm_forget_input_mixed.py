import torch


def init_params(vocab_size, num_hiddens, device):
    ps = []
    for _ in range(4):
        ps.append(torch.randn((vocab_size, num_hiddens), device=device) * 0.01)
        ps.append(torch.randn((num_hiddens, num_hiddens), device=device) * 0.01)
        ps.append(torch.zeros(num_hiddens, device=device))
    ps.append(torch.randn((num_hiddens, vocab_size), device=device) * 0.01)
    ps.append(torch.zeros(vocab_size, device=device))
    return [p.requires_grad_() for p in ps]


def init_state(batch_size, num_hiddens, device):
    return [torch.zeros((batch_size, num_hiddens), device=device) for _ in "hc"]


def lstm(inputs, state, params):
    Wi, Ui, bi, Wf, Uf, bf, Wc, Uc, bc, Wo, Uo, bo, Wy, by = params
    h, c = state
    ys = []
    for x in inputs:
        i = torch.sigmoid(x @ Wi + h @ Uf + bi)
        f = torch.sigmoid(x @ Wf + h @ Uf + bf)
        o = torch.sigmoid(x @ Wo + h @ Uo + bo)
        c = f * c + i * torch.tanh(x @ Wc + h @ Uc + bc)
        h = o * torch.tanh(c)
        ys.append(h @ Wy + by)
    return torch.cat(ys), [h, c]
