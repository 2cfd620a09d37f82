import torch
def get_params(vocab_size, num_hiddens, device):
    w = lambda *s: torch.randn(s, device=device).mul(0.1).requires_grad_()
    return w(vocab_size + num_hiddens, 4 * num_hiddens), w(4 * num_hiddens), w(num_hiddens, vocab_size), w(vocab_size)
def init_state(batch_size, num_hiddens, device):
    return torch.zeros(2 * batch_size, num_hiddens, device=device)
def forward(inputs, state, params):
    W, b, Q, q = params
    h, c = state.chunk(2)
    ys = []
    for x in inputs:
        i, f, g, o = (torch.cat((x, h), 1) @ W + b).chunk(4, 1)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        h = torch.sigmoid(o) * torch.tanh(c)
        ys.append(h @ Q + q)
    return torch.cat(ys), torch.cat((h, c))
