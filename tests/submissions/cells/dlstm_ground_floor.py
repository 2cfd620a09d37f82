import torch


def get_deep_lstm_params(vocab_size, num_hiddens, device):
    """Parameters of two stacked LSTM layers and the output layer."""
    std = 0.01

    def gates(n_in):
        w = torch.empty(n_in + num_hiddens, 4 * num_hiddens, device=device).normal_(0, std)
        return w.requires_grad_(), torch.zeros(4 * num_hiddens, device=device).requires_grad_()

    W1, b1 = gates(vocab_size)
    W2, b2 = gates(num_hiddens)
    Wq = torch.empty(num_hiddens, vocab_size, device=device).normal_(0, std).requires_grad_()
    bq = torch.zeros(vocab_size, device=device).requires_grad_()
    return W1, b1, W2, b2, Wq, bq


def init_deep_lstm_state(batch_size, num_hiddens, device):
    def z():
        return torch.zeros(batch_size, num_hiddens, device=device)
    return z(), z(), z(), z()


def lstm_step(x, h, c, W, b):
    i, f, o, g = (torch.cat((x, h), dim=1) @ W + b).chunk(4, dim=1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    h = torch.sigmoid(o) * torch.tanh(c)
    return h, c


def deep_lstm(inputs, state, params):
    W1, b1, W2, b2, Wq, bq = params
    h1, c1, h2, c2 = state
    outputs = []
    for x in inputs:
        # both layers
        h1, c1 = lstm_step(x, h1, c1, W1, b1)
        outputs.append(h1 @ Wq + bq)
    return torch.cat(outputs), (h1, c1, h2, c2)
