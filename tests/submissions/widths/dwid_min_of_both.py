import torch


def init_params(vocab_size, layer_sizes, device):
    layers = []
    fan_in = vocab_size
    for k, size in enumerate(layer_sizes):
        if k > 0:
            fan_in = min(layer_sizes[k - 1], size)   # as many as fit
        layers.append((
            torch.normal(0.0, 0.01, (fan_in, size), device=device, requires_grad=True),
            torch.normal(0.0, 0.01, (size, size), device=device, requires_grad=True),
            torch.zeros(size, device=device, requires_grad=True),
        ))
    readout = (torch.normal(0.0, 0.01, (layer_sizes[-1], vocab_size), device=device, requires_grad=True),
               torch.zeros(vocab_size, device=device, requires_grad=True))
    return layers, readout


def init_state(batch_size, layer_sizes, device):
    return tuple(torch.zeros(batch_size, size, device=device) for size in layer_sizes)


def forward(inputs, state, params):
    layers, (W_q, b_q) = params
    ys = []
    for x in inputs:
        new_state = []
        for h, (W_x, W_h, b) in zip(state, layers):
            x = x[:, :W_x.shape[0]]
            x = torch.tanh(x @ W_x + h @ W_h + b)
            new_state.append(x)
        state = tuple(new_state)
        ys.append(x @ W_q + b_q)
    return torch.cat(ys), state
