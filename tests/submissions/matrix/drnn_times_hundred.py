import torch


def deep_rnn_params(vocab_size, num_hiddens, num_layers, device):
    ps = []

    def add(m, n):
        w = torch.randn(m, n, device=device).mul(1e2)
        ps.append(w.requires_grad_(True))

    def add_bias(n):
        ps.append(torch.zeros(n, device=device).requires_grad_(True))

    for k in range(num_layers):
        add(num_hiddens if k else vocab_size, num_hiddens)
        add(num_hiddens, num_hiddens)
        add_bias(num_hiddens)
    add(num_hiddens, vocab_size)
    add_bias(vocab_size)
    return ps


def deep_rnn_state(batch_size, num_hiddens, num_layers, device):
    return tuple(torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers))


def deep_rnn(inputs, state, params):
    # layer by layer over the whole sequence
    seq, final = list(inputs), []
    for k, h in enumerate(state):
        W_x, W_h, b = params[3 * k:3 * k + 3]
        hs = []
        for x in seq:
            h = torch.tanh(x @ W_x + h @ W_h + b)
            hs.append(h)
        seq = hs
        final.append(h)
    return torch.cat(seq) @ params[-2] + params[-1], tuple(final)
