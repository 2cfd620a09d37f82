import torch


def get_params(vocab_size, num_hiddens, num_layers, device):
    layers = []
    for n in [vocab_size] + [num_hiddens] * (num_layers - 1):
        layer = [torch.randn(n, 3 * num_hiddens, device=device) * 0.01,
                 torch.randn(num_hiddens, 3 * num_hiddens, device=device) * 0.01,
                 torch.zeros(3 * num_hiddens, device=device)]
        layers.append([w.requires_grad_() for w in layer])
    W_out = torch.randn(num_hiddens, vocab_size, device=device) * 0.01
    return layers, W_out.requires_grad_()


def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers)]


def forward(inputs, state, params):
    layers, W_out = params
    hs, tops = list(state), []
    for x in inputs:
        for k, (W, U, b) in enumerate(layers):
            xz, xr, xn = (x @ W + b).chunk(3, dim=1)
            hz, hr, hn = (hs[k] @ U).chunk(3, dim=1)
            z = torch.sigmoid(xz + hz)
            n = torch.tanh(xn + torch.sigmoid(xr + hr) * hn)
            x = hs[k] = z * hs[k] + (1 - z) * n
        tops.append(x)
    return torch.cat(tops) @ W_out, hs
