import torch

# x is one-hot, so x @ W just picks a row of W -> pick the row directly (like an embedding)

def get_params(depth, vocab_size, n_hidden, device):
    embed = torch.randn(vocab_size, n_hidden, device=device).mul_(0.01)
    W_up = [torch.randn(n_hidden, n_hidden, device=device).mul_(0.01) for _ in range(depth - 1)]
    W_rec = [torch.randn(n_hidden, n_hidden, device=device).mul_(0.01) for _ in range(depth)]
    b = [torch.zeros(1, n_hidden, device=device) for _ in range(depth)]
    W_out = torch.randn(n_hidden, vocab_size, device=device).mul_(0.01)
    b_out = torch.zeros(1, vocab_size, device=device)
    params = [embed] + W_up + W_rec + b + [W_out, b_out]
    return [p.requires_grad_() for p in params]

def init_hidden(depth, batch_size, n_hidden, device):
    return tuple(torch.zeros(batch_size, n_hidden, device=device) for _ in range(depth))

def forward(inputs, state, params):
    L = len(state)
    embed, rest = params[0], params[1:]
    W_up, rest = rest[:L - 1], rest[L - 1:]
    W_rec, rest = rest[:L], rest[L:]
    b, (W_out, b_out) = rest[:L], rest[L:]

    tokens = inputs.argmax(dim=-1)          # (T, B)
    hs = list(state)
    ys = []
    for tok in tokens:
        hs[0] = (embed[tok] + hs[0] @ W_rec[0] + b[0]).tanh()
        for l in range(1, L):
            hs[l] = (hs[l - 1] @ W_up[l - 1] + hs[l] @ W_rec[l] + b[l]).tanh()
        ys.append(hs[-1] @ W_out + b_out)
    return torch.cat(ys), tuple(hs)
