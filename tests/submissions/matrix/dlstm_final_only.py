import torch


def get_params(vocab_size, num_hiddens, num_layers, device):
    def tensor(*shape):
        return torch.nn.Parameter(torch.normal(0., .01, shape, device=device))

    params = [(tensor(num_hiddens, vocab_size), torch.nn.Parameter(torch.zeros(vocab_size, device=device)))]
    for k in range(num_layers):
        params.append((tensor(vocab_size if k == 0 else num_hiddens, 4 * num_hiddens),
                       tensor(num_hiddens, 4 * num_hiddens),
                       torch.nn.Parameter(torch.zeros(4 * num_hiddens, device=device))))
    return params


def init_state(batch_size, num_hiddens, num_layers, device):
    return [tuple(torch.zeros(batch_size, num_hiddens, device=device) for _ in 'hc') for _ in range(num_layers)]


def forward(inputs, state, params):
    (W_q, b_q), *layers = params
    state = list(state)
    for x in inputs:
        for k, (W, U, b) in enumerate(layers):
            h, c = state[k]
            i, f, g, o = (x @ W + h @ U + b).chunk(4, -1)
            c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
            h = torch.sigmoid(o) * torch.tanh(c)
            state[k] = (h, c)
            x = h
    y = h @ W_q + b_q
    return y, state
