import torch
import torch.nn as nn

# deep gru (hw3 q2)  -- each layer: W [in, 3H], U [H, 3H], b [3H], order r, z, n


def make_weight(rows, cols, device):
    return nn.init.normal_(torch.empty(rows, cols, device=device), std=0.01).requires_grad_(True)


def make_bias(n, device):
    return torch.zeros(n, device=device, requires_grad=True)


def get_params(vocab_size, num_hiddens, num_layers, device):
    params = []
    for layer in range(num_layers):
        fan_in = vocab_size if layer == 0 else num_hiddens
        params.append(make_weight(fan_in, 3 * num_hiddens, device))
        params.append(make_weight(num_hiddens, 3 * num_hiddens, device))
        params.append(make_bias(3 * num_hiddens, device))
    params.append(make_weight(vocab_size, num_hiddens, device))
    params.append(make_bias(vocab_size, device))
    return params


def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers)]


def gru_cell(x, h, W, U, b):
    n = h.shape[1]
    xs = x @ W + b
    hs = h @ U
    r = torch.sigmoid(xs[:, :n] + hs[:, :n])
    z = torch.sigmoid(xs[:, n:2 * n] + hs[:, n:2 * n])
    cand = torch.tanh(xs[:, 2 * n:] + r * hs[:, 2 * n:])
    return (1 - z) * cand + z * h


def forward(inputs, state, params):
    num_layers = len(state)
    W_out, b_out = params[-2], params[-1]
    h = list(state)
    outputs = []
    for x in inputs:
        for layer in range(num_layers):
            W, U, b = params[3 * layer: 3 * layer + 3]
            h[layer] = gru_cell(x, h[layer], W, U, b)
            x = h[layer]
        outputs.append(x @ W_out + b_out)
    return torch.cat(outputs, dim=0), h


if __name__ == '__main__':
    # works for me with 27 letters and 27 units
    p = get_params(27, 27, 2, 'cpu')
    y, s = forward(torch.eye(27)[torch.randint(0, 27, (7, 4))], init_state(4, 27, 2, 'cpu'), p)
    print(y.shape)
