import torch

# a stack is either ((W, U, b), stack above) or the head (W, b)

def make_params(vocab, widths, device):
    t = lambda *s: torch.nn.init.uniform_(torch.empty(*s, device=device), -.1, .1).requires_grad_()
    def build(n, rest):
        if not rest:
            return (t(n, vocab), t(vocab))
        return ((t(n, rest[0]), t(rest[0], rest[0]), t(rest[0])), build(rest[0], rest[1:]))
    return build(vocab, tuple(widths))

def zero_state(batch, widths, device):
    return tuple(torch.zeros(batch, w, device=device) for w in widths)

def climb(x, hs, stack):
    if not hs:
        W, b = stack
        return x @ W + b, ()
    (W, U, b), above = stack
    h = (x @ W + hs[0] @ U + b).tanh()
    y, new = climb(h, hs[1:], above)
    return y, (h,) + new

def forward(inputs, state, params):
    ys = []
    for x in inputs:
        y, state = climb(x, state, params)
        ys.append(y)
    return torch.cat(ys), state
