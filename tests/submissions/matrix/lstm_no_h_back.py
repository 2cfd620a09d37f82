import torch


def get_params(vocab_size, num_hiddens, device):
    params = {}
    params["W"] = torch.randn(vocab_size, 4 * num_hiddens, device=device) * 0.01
    params["b"] = torch.zeros(4 * num_hiddens, device=device)
    params["W_out"] = torch.randn(num_hiddens, vocab_size, device=device) * 0.01
    params["b_out"] = torch.zeros(vocab_size, device=device)
    for p in params.values():
        p.requires_grad_()
    return params


def init_state(batch_size, num_hiddens, device):
    h = torch.zeros(batch_size, num_hiddens, device=device)
    return h, torch.zeros_like(h)


def forward(inputs, state, params):
    h, c = state
    ys = []
    for x in inputs:
        pre = x @ params["W"] + params["b"]
        i, f, g, o = pre.chunk(4, dim=1)
        c = c * torch.sigmoid(f) + torch.tanh(g) * torch.sigmoid(i)
        h = torch.tanh(c) * torch.sigmoid(o)
        ys.append(h @ params["W_out"] + params["b_out"])
    return torch.cat(ys), (h, c)
