import torch

def get_lstm_params(vocab_size, hid_dim, device=None):
    W = lambda a, b: (0.01 * torch.randn(a, b, device=device)).requires_grad_()
    b = lambda n: torch.zeros(n, device=device, requires_grad=True)
    # erase, write, read, content
    gates = [(W(vocab_size, hid_dim), W(hid_dim, hid_dim), b(hid_dim)) for _ in range(4)]
    return gates, (W(hid_dim, vocab_size), b(vocab_size))

def init_lstm_state(batch_size, hid_dim, device=None):
    zeros = lambda: torch.zeros(batch_size, hid_dim, device=device)
    return [zeros(), zeros()]

def lstm(inputs, state, params):
    (erase, write, read, content), (W_out, b_out) = params
    h, c = state
    T, B, V = inputs.shape
    out = torch.zeros(T, B, V, device=inputs.device, dtype=inputs.dtype)
    pre = lambda x, h, g: x @ g[0] + h @ g[1] + g[2]
    for t in range(T):
        x = inputs[t]
        e = torch.sigmoid(pre(x, h, erase))     # I think of it as erasing: 1 - forget gate
        w = torch.sigmoid(pre(x, h, write))
        r = torch.sigmoid(pre(x, h, read))
        c = (1 - e) * c + w * torch.tanh(pre(x, h, content))
        h = r * torch.tanh(c)
        out[t] = h @ W_out + b_out
    return out.reshape(T * B, V), [h, c]
