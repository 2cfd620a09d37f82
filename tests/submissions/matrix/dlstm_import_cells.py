import torch
from cells import lstm_step


def get_params(vocab_size, num_hiddens, num_layers, device):
    def leaf(*s):
        return (torch.randn(*s, device=device) * 0.01).requires_grad_()

    layers = []
    for k in range(num_layers):
        n = num_hiddens if k else vocab_size
        layers.append((leaf(n, 4 * num_hiddens), leaf(num_hiddens, 4 * num_hiddens),
                       torch.zeros(4 * num_hiddens, device=device, requires_grad=True)))
    return layers, (leaf(num_hiddens, vocab_size), torch.zeros(vocab_size, device=device, requires_grad=True))


def init_state(batch_size, num_hiddens, num_layers, device):
    return [(torch.zeros(batch_size, num_hiddens, device=device), torch.zeros(batch_size, num_hiddens, device=device))
            for _ in range(num_layers)]


def forward(inputs, state, params):
    layers, (W_q, b_q) = params
    state = list(state)
    ys = []
    for x in inputs:
        for k, layer in enumerate(layers):
            state[k] = lstm_step(x, *state[k], *layer)
            x = state[k][0]
        ys.append(x @ W_q + b_q)
    return torch.cat(ys), state
