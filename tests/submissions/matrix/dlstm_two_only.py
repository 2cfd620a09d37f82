import torch

NUM_LAYERS = 2


def get_params(vocab_size, num_hiddens, num_layers, device):
    params = []
    for i in range(NUM_LAYERS):
        n = num_hiddens if i else vocab_size
        params.append(torch.randn(n, 4 * num_hiddens, device=device) * 0.01)
        params.append(torch.randn(num_hiddens, 4 * num_hiddens, device=device) * 0.01)
        params.append(torch.zeros(4 * num_hiddens, device=device))
    params.append(torch.randn(num_hiddens, vocab_size, device=device) * 0.01)
    params.append(torch.zeros(vocab_size, device=device))
    for p in params:
        p.requires_grad_(True)
    return params


def init_state(batch_size, num_hiddens, num_layers, device):
    def zeros():
        return torch.zeros(batch_size, num_hiddens, device=device)
    return [(zeros(), zeros()) for _ in range(NUM_LAYERS)]


def forward(inputs, state, params):
    state = list(state)
    outputs = []
    for x in inputs:
        for i, (h, c) in enumerate(state):
            W, U, b = params[3 * i:3 * i + 3]
            f, w, o, g = torch.chunk(x @ W + h @ U + b, 4, dim=1)
            c = f.sigmoid() * c + w.sigmoid() * g.tanh()
            x = o.sigmoid() * c.tanh()
            state[i] = (x, c)
        outputs.append(x @ params[-2] + params[-1])
    return torch.cat(outputs), state
