import torch


def get_params(vocab_size, num_hiddens, num_layers, device):
    def normal(a, b):
        return torch.normal(0.0, 0.01, (a, b), device=device).requires_grad_()

    def zeros(a):
        return torch.zeros(a, device=device).requires_grad_()

    widths = [vocab_size] + [num_hiddens] * num_layers
    return {
        'xh': [normal(a, b) for a, b in zip(widths, widths[1:])],
        'hh': [normal(b, b) for b in widths[1:]],
        'h': [zeros(b) for b in widths[1:]],
        'hq': normal(num_hiddens, vocab_size),
        'q': zeros(vocab_size),
    }


def init_state(batch_size, num_hiddens, num_layers, device):
    return torch.zeros((num_layers, batch_size, num_hiddens), device=device)


def forward(inputs, state, params):
    seqs = [inputs]
    last = []
    for k, h in enumerate(state):
        xs = torch.einsum('tbi,ih->tbh', seqs[k], params['xh'][k]) + params['h'][k]
        hs = []
        for x in xs:
            h = torch.tanh(x + h @ params['hh'][k])
            hs.append(h)
        last.append(h)
        seqs.append(torch.stack(hs))
    logits = torch.einsum('tbh,hv->tbv', seqs[1], params['hq']) + params['q']
    return logits.flatten(0, 1), torch.stack(last)
