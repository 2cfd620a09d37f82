import torch
from torch import nn

__all__ = ["get_params", "init_state", "forward"]


class LayerWeights:
    """Weights of one LSTM layer; the four gates lie side by side: input, forget, output, cell."""

    def __init__(self, n_in, n_hidden, device):
        self.x = nn.Parameter(torch.randn(n_in, 4 * n_hidden, device=device) * 0.01)
        self.h = nn.Parameter(torch.randn(n_hidden, 4 * n_hidden, device=device) * 0.01)
        self.b = nn.Parameter(torch.zeros(4 * n_hidden, device=device))

    def as_tuple(self):
        return self.x, self.h, self.b


def get_params(vocab_size, num_hiddens, num_layers, device):
    sizes = [vocab_size] + [num_hiddens] * num_layers
    layers = tuple(LayerWeights(n, num_hiddens, device).as_tuple() for n in sizes[:-1])
    return {
        "layers": layers,
        "decoder": (nn.Parameter(torch.randn(num_hiddens, vocab_size, device=device) * 0.01),
                    nn.Parameter(torch.zeros(vocab_size, device=device))),
    }


def init_state(batch_size, num_hiddens, num_layers, device):
    def zeros():
        return torch.zeros(batch_size, num_hiddens, device=device)

    return tuple((zeros(), zeros()) for _ in range(num_layers))


def step(x, state, weights):
    h, c = state
    w_x, w_h, b = weights
    i, f, o, g = torch.split(x @ w_x + h @ w_h + b, h.shape[1], dim=1)
    h = torch.sigmoid(o) * torch.tanh(c)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return h, c


def forward(inputs, state, params):
    w_q, b_q = params["decoder"]
    states = list(state)
    logits = []
    for x in inputs:
        for k, weights in enumerate(params["layers"]):
            states[k] = step(x, states[k], weights)
            x = states[k][0]
        logits.append(x @ w_q + b_q)
    return torch.cat(logits), tuple(states)
