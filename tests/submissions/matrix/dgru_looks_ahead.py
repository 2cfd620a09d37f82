import torch


def init_gru_params(vocab_size, num_hiddens, num_layers, device):
    params = [torch.randn(num_hiddens, vocab_size, device=device) * 0.01, torch.zeros(vocab_size, device=device)]
    for layer in range(num_layers):
        fan = num_hiddens if layer else vocab_size
        for gate in range(3):
            params.append(torch.randn(fan, num_hiddens, device=device) * 0.01)
            params.append(torch.randn(num_hiddens, num_hiddens, device=device) * 0.01)
            params.append(torch.zeros(num_hiddens, device=device))
    return [p.requires_grad_() for p in params]


def init_gru_state(batch_size, num_hiddens, num_layers, device):
    return tuple(torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers))


def gru(inputs, state, params):
    W, b, *rest = params
    cells = [rest[i:i + 9] for i in range(0, len(rest), 9)]
    h = list(state)
    out = []
    for x in inputs.flip(0):
        for i, c in enumerate(cells):
            r = torch.sigmoid(x @ c[0] + h[i] @ c[1] + c[2])
            z = torch.sigmoid(x @ c[3] + h[i] @ c[4] + c[5])
            n = torch.tanh(x @ c[6] + (r * h[i]) @ c[7] + c[8])
            x = h[i] = z * h[i] + (1 - z) * n
        out.append(x @ W + b)
    return torch.cat(out[::-1]), tuple(h)
