import torch


def get_params(vocab_size, num_hiddens, num_layers, device):
    def w(*shape):
        return (torch.randn(*shape, device=device) * 0.01).requires_grad_(True)

    def b(n):
        return torch.zeros(n, device=device, requires_grad=True)

    params = []
    for l in range(num_layers):
        for gate in "rzh":
            params += [w(vocab_size if l == 0 else num_hiddens, num_hiddens), w(num_hiddens, num_hiddens), b(num_hiddens)]
    # output
    params.append(w(num_hiddens, num_hiddens))
    params.append(w(num_hiddens, vocab_size))
    params.append(b(vocab_size))
    return params


def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers)]


def forward(inputs, state, params):
    sigma = torch.sigmoid
    h = list(state)
    ys = []
    for x in inputs:
        for l in range(len(h)):
            wr, ur, br, wz, uz, bz, wh, uh, bh = params[9 * l:9 * l + 9]
            r = sigma(x @ wr + h[l] @ ur + br)
            z = sigma(x @ wz + h[l] @ uz + bz)
            h[l] = z * h[l] + (1 - z) * torch.tanh(x @ wh + (r * h[l]) @ uh + bh)
            x = h[l]
        ys.append(torch.addmm(params[-1], x, params[-2]))
    return torch.cat(ys), h
