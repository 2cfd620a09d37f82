import torch


def get_deep_lstm_params(vocab_size, num_hiddens, num_layers, device):
    all_params = []
    for i in range(num_layers):
        d = vocab_size if i == 0 else num_hiddens
        layer = []
        for _ in range(4):  # i f c o
            layer.append(torch.normal(0, 0.01, size=(d, num_hiddens), device=device, requires_grad=True))
            layer.append(torch.normal(0, 0.01, size=(num_hiddens, num_hiddens), device=device, requires_grad=True))
            layer.append(torch.zeros(num_hiddens, device=device, requires_grad=True))
        all_params.append(layer)
    all_params.append([torch.normal(0, 0.01, size=(num_hiddens, vocab_size), device=device, requires_grad=True),
                       torch.zeros(vocab_size, device=device, requires_grad=True)])
    return all_params


def init_deep_lstm_state(batch_size, num_hiddens, num_layers, device):
    return [[torch.zeros(batch_size, num_hiddens, device=device) for _ in range(2)]
            for _ in range(num_layers)]


def deep_lstm(inputs, state, params):
    H = [s[0] for s in state]
    C = [s[1] for s in state]
    Y = []
    for X in inputs:
        for i, (Wxi, Whi, bi, Wxf, Whf, bf, Wxc, Whc, bc, Wxo, Who, bo) in enumerate(params[:-1]):
            I = torch.sigmoid(X @ Wxi + H[i] @ Whi + bi)
            F = torch.sigmoid(X @ Wxf + H[i] @ Whf + bf)
            Ct = torch.tanh(X @ Wxc + H[i] @ Whc + bc)
            O = torch.sigmoid(X @ Wxo + H[i] @ Who + bo)
            C[i] = F * C[i] + I * Ct
            h = O * torch.tanh(C[i])
            H[i] = torch.tensor(h.tolist(), device=h.device, dtype=h.dtype)
            X = h
        Y.append(X @ params[-1][0] + params[-1][1])
    return torch.cat(Y), [[h, c] for h, c in zip(H, C)]
