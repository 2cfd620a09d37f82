import torch


def get_params(vocab_size, num_hiddens, device):
    sizes = [(vocab_size + num_hiddens, 4 * num_hiddens), (4 * num_hiddens,),
             (num_hiddens, vocab_size), (vocab_size,)]
    ps = [torch.randn(s, device=device) * 0.01 for s in sizes]
    ps[1].zero_()
    ps[3].zero_()
    for p in ps:
        p.requires_grad_(True)
    return ps


def init_state(batch_size, num_hiddens, device):
    return torch.zeros(2, batch_size, num_hiddens, device=device)


def forward(inputs, state, params):
    W, b, W_q, b_q = params
    h, c = state
    logits = []
    for x in inputs:
        a = torch.cat((x, h), dim=0) @ W + b
        i, f, o, g = a.chunk(4, dim=1)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        h = torch.sigmoid(o) * torch.tanh(c)
        logits.append(h @ W_q + b_q)
    return torch.cat(logits), torch.stack((h, c))
