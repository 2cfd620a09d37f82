import torch


def build_params(vocab_size, num_hiddens, num_layers, device):
    def triple(n):
        return [
            (torch.randn(n, num_hiddens, device=device) * 0.01).requires_grad_(),
            (torch.randn(num_hiddens, num_hiddens, device=device) * 0.01).requires_grad_(),
            torch.zeros(num_hiddens, device=device).requires_grad_(),
        ]

    p = {k: {g: triple(num_hiddens if k else vocab_size) for g in 'zrh'} for k in range(num_layers)}
    p['head'] = [(torch.randn(num_hiddens, vocab_size, device=device) * 0.01).requires_grad_(),
                 torch.zeros(vocab_size, device=device).requires_grad_()]
    return p


def init_state(batch_size, num_hiddens, num_layers, device):
    return tuple(torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers))


def forward(inputs, state, params):
    H = list(state)
    ys = []
    for X in inputs:
        for k in range(len(state)):
            (Wz, Uz, bz), (Wr, Ur, br), (Wh, Uh, bh) = params[k].values()
            Z = torch.sigmoid(X @ Wz + H[k] @ Uz + bz)
            R = torch.sigmoid(X @ Wr + H[k] @ Ur + br)
            C = torch.tanh(X @ Wh + (R * H[k]) @ Uh + bh)
            H[k] = Z * H[k] + (1 - Z) * C
            X = H[k]
        ys.append(X @ params['head'][0] + params['head'][1])
    # X is the state of the top layer
    return torch.cat(ys), tuple(H[1:])
