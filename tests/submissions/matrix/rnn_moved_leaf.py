import torch


def get_params(vocab_size, num_hiddens, device):
    def weight(m, n):
        w = torch.randn(m, n, device=device, requires_grad=True) * 0.01
        return w

    b_h = torch.zeros(num_hiddens, device=device, requires_grad=True)
    b_q = torch.zeros(vocab_size, device=device, requires_grad=True)
    return (weight(vocab_size, num_hiddens), weight(num_hiddens, num_hiddens), b_h,
            weight(num_hiddens, vocab_size), b_q)


def init_state(batch_size, num_hiddens, device):
    return torch.zeros(batch_size, num_hiddens, device=device)


def forward(inputs, state, params):
    W_xh, W_hh, b_h, W_hq, b_q = params
    h, hs = state, []
    for x in inputs @ W_xh + b_h:
        h = torch.tanh(x + h @ W_hh)
        hs.append(h)
    return torch.cat(hs) @ W_hq + b_q, h
