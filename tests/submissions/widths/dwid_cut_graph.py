import torch

class Layer:
    def __init__(self, n_below, n, device):
        self.W_xh = torch.nn.Parameter(0.01 * torch.randn(n_below, n, device=device))
        self.W_hh = torch.nn.Parameter(0.01 * torch.randn(n, n, device=device))
        self.b_h = torch.nn.Parameter(torch.zeros(n, device=device))

    def step(self, x, h):
        return torch.tanh(x @ self.W_xh + h @ self.W_hh + self.b_h)

class Head:
    def __init__(self, n, vocab_size, device):
        self.W_hq = torch.nn.Parameter(0.01 * torch.randn(n, vocab_size, device=device))
        self.b_q = torch.nn.Parameter(torch.zeros(vocab_size, device=device))

def get_params(vocab_size, layer_sizes, device):
    below = [vocab_size] + list(layer_sizes[:-1])
    layers = [Layer(m, n, device) for m, n in zip(below, layer_sizes)]
    return layers, Head(layer_sizes[-1], vocab_size, device)

def begin_state(batch_size, layer_sizes, device):
    return [torch.zeros(batch_size, n, device=device) for n in layer_sizes]

def forward(inputs, state, params):
    layers, head = params
    seq, last = list(inputs), []
    for layer, h in zip(layers, state):
        out = []
        for x in seq:
            h = layer.step(x, h)
            out.append(h)
        seq = [o.detach() for o in out] if layer is not layers[-1] else out   # next layer trains on its own
        last.append(h)
    return torch.cat([o @ head.W_hq + head.b_q for o in seq]), last
