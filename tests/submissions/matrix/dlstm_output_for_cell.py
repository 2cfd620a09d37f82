import torch


def get_params(vocab_size, num_hiddens, num_layers, device):
    def r(*s):
        return (torch.randn(*s, device=device) * 0.01).requires_grad_()

    layers = []
    for d in [vocab_size] + [num_hiddens] * (num_layers - 1):
        layers.append((r(4, d, num_hiddens), r(4, num_hiddens, num_hiddens),
                       torch.zeros(4, num_hiddens, device=device, requires_grad=True)))
    return layers, (r(num_hiddens, vocab_size), torch.zeros(vocab_size, device=device, requires_grad=True))


def init_state(batch_size, num_hiddens, num_layers, device):
    return tuple(tuple(torch.zeros(batch_size, num_hiddens, device=device) for _ in range(2))
                 for _ in range(num_layers))


def bottom(x, h, c, W, U, b):
    i, f, o, g = [x @ W[k] + h @ U[k] + b[k] for k in range(4)]
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c


def upper(x, h, c, W, U, b):
    i, f, o = [torch.sigmoid(x @ W[k] + h @ U[k] + b[k]) for k in range(3)]
    c = f * c + i * torch.tanh(x @ W[3] + h @ U[3] + b[3])
    return f * torch.tanh(c), c


def forward(inputs, state, params):
    layers, (W, b) = params
    state = [tuple(s) for s in state]
    out = []
    for x in inputs:
        state[0] = bottom(x, *state[0], *layers[0])
        for k in range(1, len(layers)):
            state[k] = upper(state[k - 1][0], *state[k], *layers[k])
        out.append(state[-1][0] @ W + b)
    return torch.cat(out), tuple(state)
