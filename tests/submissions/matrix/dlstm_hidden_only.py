"""Deep LSTM. Bias = last row of each matrix."""
import torch


def make_params(vocab_size, num_hiddens, num_layers, device):
    layers = []
    for l in range(num_layers):
        rows = (vocab_size, num_hiddens)[l > 0] + num_hiddens + 1
        w = torch.randn(rows, 4 * num_hiddens, device=device) * 0.01
        w[-1] = 0
        layers.append([w.requires_grad_()])
    q = torch.randn(num_hiddens + 1, vocab_size, device=device) * 0.01
    q[-1] = 0
    return layers, q.requires_grad_()


def start_state(batch_size, num_hiddens, num_layers, device):
    zero = lambda: torch.zeros(batch_size, num_hiddens, device=device)
    return [zero() for _ in range(num_layers)], [zero() for _ in range(num_layers)]


def run_lstm(state, inputs, params):
    layers, q = params
    H, C = list(state[0]), list(state[1])
    logits = []
    for x in inputs:
        one = torch.ones_like(x[:, :1])
        for l, (w,) in enumerate(layers):
            f, i, o, g = (torch.cat([x, H[l], one], 1) @ w).chunk(4, 1)
            C[l] = torch.sigmoid(f) * C[l] + torch.sigmoid(i) * torch.tanh(g)
            H[l] = torch.sigmoid(o) * torch.tanh(C[l])
            x = H[l]
        logits.append(torch.cat([x, one], 1) @ q)
    logits = torch.cat(logits)
    return logits, H
