import torch


def get_params(vocab_size, num_hiddens, num_layers, device):
    n = num_hiddens
    make = lambda *shape: torch.randn(*shape, device=device).div_(100).requires_grad_()
    layers = [(make(n if k else vocab_size, n), make(n, n), make(n)) for k in range(num_layers)]
    return [*layers, (make(n, vocab_size), make(vocab_size))]


def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers)]


def forward(inputs, state, params):
    *layers, (v, d) = params
    hs, rows = list(state), []
    for x in inputs:
        for k, (w, u, b) in enumerate(layers):
            hs[k] = torch.tanh(x @ w + hs[k] @ u + b)
            keep = torch.bernoulli(torch.full_like(hs[k], 0.8))
            x = hs[k] * keep
        rows.append(x @ v + d)
    return torch.cat(rows), hs
