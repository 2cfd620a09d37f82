import torch


def get_params(vocab_size, num_hiddens, num_layers, device):
    def leaf(*s):
        return (torch.randn(*s, device=device) * 0.01).requires_grad_()

    def bias(n):
        return torch.zeros(n, device=device, requires_grad=True)

    layers = [(leaf(num_hiddens if k else vocab_size, 4 * num_hiddens),
               leaf(num_hiddens, 4 * num_hiddens), bias(4 * num_hiddens)) for k in range(num_layers)]
    return layers, (leaf(num_hiddens, vocab_size), bias(vocab_size))


def init_state(cfg):
    shape = cfg["batch_size"], cfg["num_hiddens"]
    return [(torch.zeros(shape, device=cfg["device"]), torch.zeros(shape, device=cfg["device"]))
            for _ in range(cfg["num_layers"])]


def forward(inputs, state, params):
    layers, (W_q, b_q) = params
    s = [pair for pair in state]
    out = []
    for x in inputs:
        for k, (W, U, b) in enumerate(layers):
            h, c = s[k]
            i, f, g, o = (x @ W + h @ U + b).chunk(4, dim=1)
            c = f.sigmoid() * c + i.sigmoid() * g.tanh()
            x = o.sigmoid() * c.tanh()
            s[k] = (x, c)
        out.append(x @ W_q + b_q)
    return torch.cat(out), s
