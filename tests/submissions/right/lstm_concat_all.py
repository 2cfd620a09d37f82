# Notation of Colah's blog: [h, x], gates f, i, C~, o
import torch


def get_params(vocab_size, hidden_dim, device):
    Wcat = torch.randn(hidden_dim + vocab_size, 4 * hidden_dim, device=device) * 0.01
    bcat = torch.zeros(4 * hidden_dim, device=device)
    Wy = torch.randn(hidden_dim, vocab_size, device=device) * 0.01
    by = torch.zeros(vocab_size, device=device)
    Wcat.requires_grad_(); bcat.requires_grad_(); Wy.requires_grad_(); by.requires_grad_()
    return Wy, by, Wcat, bcat


def init_state(batch_size, hidden_dim, device):
    h = torch.zeros(batch_size, hidden_dim, device=device)
    c = torch.zeros_like(h)
    return h, c


def lstm_forward(inputs, state, params):
    Wy, by, Wcat, bcat = params
    h, c = state
    n = h.shape[1]
    out = []
    for x in inputs:
        s = torch.cat((h, x), dim=1) @ Wcat + bcat
        f, i, c_tilde, o = s.split(n, dim=1)
        f, i, o = f.sigmoid(), i.sigmoid(), o.sigmoid()
        c = f * c + i * c_tilde.tanh()
        h = o * c.tanh()
        out.append(h @ Wy + by)
    return torch.cat(out, 0), (h, c)
