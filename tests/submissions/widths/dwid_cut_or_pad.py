import torch
import torch.nn.functional as F

def fit(h, n):
    """bring (B, m) to (B, n): cut what is too much, fill with zeros what is missing"""
    m = h.shape[1]
    if m >= n:
        return h[:, :n]
    return F.pad(h, (0, n - m))

def get_params(vocab_size, num_hiddens, device):
    g = lambda a, b: torch.nn.Parameter(torch.randn(a, b, device=device) * 0.01)
    z = lambda a: torch.nn.Parameter(torch.zeros(a, device=device))
    layers = []
    for l, h in enumerate(num_hiddens):
        layers.append([g(vocab_size if l == 0 else h, h), g(h, h), z(h)])
    return layers + [[g(num_hiddens[-1], vocab_size), z(vocab_size)]]

def init_state(batch_size, num_hiddens, device):
    return [torch.zeros(batch_size, h, device=device) for h in num_hiddens]

def deep_rnn(inputs, state, params):
    outputs = []
    state = list(state)
    W_hq, b_q = params[-1]
    for X in inputs:
        H = X
        for l, (W_xh, W_hh, b_h) in enumerate(params[:-1]):
            if l > 0:
                H = fit(H, state[l].shape[1])
            H = torch.tanh(H @ W_xh + state[l] @ W_hh + b_h)
            state[l] = H
        outputs.append(H @ W_hq + b_q)
    return torch.cat(outputs), state
