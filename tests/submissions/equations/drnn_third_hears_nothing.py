import torch


def get_params(vocab_size, num_hiddens, num_layers, device):
    def w(a, b):
        t = torch.randn(a, b, device=device) * 0.01
        t.requires_grad = True
        return t

    params = [w(num_hiddens, vocab_size), torch.zeros(vocab_size, device=device, requires_grad=True)]
    for i in range(num_layers):
        params.extend((w(num_hiddens if i else vocab_size, num_hiddens), w(num_hiddens, num_hiddens),
                       torch.zeros(num_hiddens, device=device, requires_grad=True)))
    return params


def init_state(batch_size, num_hiddens, num_layers, device):
    return tuple(torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers))


def forward(inputs, state, params):
    out_w, out_b, *rest = params
    states = list(state)
    outputs = []
    for x in inputs:
        for i in range(len(states)):
            wx, wh, b = rest[3 * i:3 * i + 3]
            total = states[i] @ wh + b
            if i < 2:
                total = total + x @ wx
            states[i] = torch.tanh(total)
            x = states[i]
        outputs.append(x @ out_w + out_b)
    return torch.cat(outputs), tuple(states)
