import torch


def get_params(vocab_size, num_hiddens, device):
    def layer(n_in):
        return [torch.randn(n_in, num_hiddens, device=device).mul(0.01).requires_grad_(),
                torch.randn(num_hiddens, num_hiddens, device=device).mul(0.01).requires_grad_(),
                torch.zeros(num_hiddens, device=device).requires_grad_()]

    readout = [torch.randn(num_hiddens, vocab_size, device=device).mul(0.01).requires_grad_(),
               torch.zeros(vocab_size, device=device).requires_grad_()]
    return layer(vocab_size), layer(num_hiddens), readout


def init_state(batch_size, num_hiddens, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(2)]


def step(x, h, p):
    return torch.tanh(x @ p[0] + h @ p[1] + p[2])


def run(xs, h, p):
    hs = []
    for x in xs:
        h = step(x, h, p)
        hs.append(h)
    return hs


def forward(inputs, state, params):
    low, top, (W, b) = params
    bottom = run(inputs, state[0], low)
    backward = run(inputs.flip(0), state[0], low)
    h2 = state[1]
    ys = []
    for h1, h1_back in zip(bottom, reversed(backward)):
        h2 = step((h1 + h1_back) / 2, h2, top)
        ys.append(h2 @ W + b)
    return torch.cat(ys), [bottom[-1], h2]
