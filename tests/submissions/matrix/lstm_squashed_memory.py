import torch


def get_lstm_params(vocab_size, num_hiddens, device):
    W = torch.empty(4, vocab_size + num_hiddens, num_hiddens, device=device).uniform_(-0.05, 0.05)
    b = torch.zeros(4, num_hiddens, device=device)
    W_q = torch.empty(num_hiddens, vocab_size, device=device).uniform_(-0.05, 0.05)
    b_q = torch.zeros(vocab_size, device=device)
    for p in (W, b, W_q, b_q):
        p.requires_grad_(True)
    return W, b, W_q, b_q


def init_lstm_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),
            torch.zeros(batch_size, num_hiddens, device=device))


def lstm(inputs, state, params):
    W, b, W_q, b_q = params
    h, c = state
    out = []
    for x in inputs:
        a = torch.einsum('bk,gkh->gbh', torch.cat([x, h], dim=1), W) + b[:, None]
        i, f, g, o = a.unbind(0)
        i, f, g, o = i.sigmoid(), f.sigmoid(), g.tanh(), o.sigmoid()
        c = torch.tanh(f * c + i * g)
        h = o * c
        out.append(h @ W_q + b_q)
    return torch.cat(out), (h, c)
