import torch
def get_params(vocab_size, num_hiddens, num_layers, device):
    def w(*s): return torch.nn.init.orthogonal_(torch.empty(*s, device=device)).requires_grad_()
    ps = []
    for l in range(num_layers):
        chrono = torch.log(torch.empty(num_hiddens, device=device).uniform_(1, 30))
        z = lambda: torch.zeros(num_hiddens, device=device)
        ps.append(([w(vocab_size if l == 0 else num_hiddens, num_hiddens) for _ in range(4)], [w(num_hiddens, num_hiddens) for _ in range(4)], [b.requires_grad_() for b in (-chrono, chrono.clone(), z(), z())]))
    return ps, (w(num_hiddens, vocab_size), torch.zeros(vocab_size, device=device, requires_grad=True))
def init_state(batch_size, num_hiddens, num_layers, device):
    return torch.zeros(batch_size, 2 * num_layers * num_hiddens, device=device)
def forward(inputs, state, params):
    layers, (Wq, bq) = params
    L = len(layers)
    hs, cs = (lambda p: (p[:L], p[L:]))(state.chunk(2 * L, 1))
    hs, cs = list(hs), list(cs)
    ys = []
    for x in inputs:
        for l, (W, U, b) in enumerate(layers):
            i, f, o, g = [x @ W[k] + hs[l] @ U[k] + b[k] for k in range(4)]
            cs[l] = torch.sigmoid(f) * cs[l] + torch.sigmoid(i) * torch.tanh(g)
            x = hs[l] = torch.sigmoid(o) * torch.tanh(cs[l])
        ys.append(x @ Wq + bq)
    return torch.cat(ys), torch.cat(hs + cs, 1)
