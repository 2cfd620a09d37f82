# layer 1: GRU (fused, order update/reset/candidate), layer 2: tanh RNN with [h1, h2] concatenated
import torch


def get_gru_rnn_params(vocab_size, num_hiddens, device):
    n = num_hiddens
    std = 0.01
    gru_x = torch.randn(vocab_size, 3 * n, device=device) * std
    gru_h = torch.randn(n, 3 * n, device=device) * std
    gru_b = torch.zeros(3 * n, device=device)
    rnn_w = torch.randn(2 * n, n, device=device) * std
    rnn_b = torch.zeros(n, device=device)
    out_w = torch.randn(n, vocab_size, device=device) * std
    out_b = torch.zeros(vocab_size, device=device)
    ps = [gru_x, gru_h, gru_b, rnn_w, rnn_b, out_w, out_b]
    for p in ps:
        p.requires_grad_(True)
    return ps


def init_gru_rnn_state(batch_size, num_hiddens, device):
    return [torch.zeros((batch_size, num_hiddens), device=device) for _ in range(2)]


def gru_rnn(inputs, state, params):
    gru_x, gru_h, gru_b, rnn_w, rnn_b, out_w, out_b = params
    h1, h2 = state
    n = h1.shape[1]
    outs = []
    for x in inputs:
        xz, xr, xc = torch.split(x @ gru_x + gru_b, n, dim=1)
        zr = torch.sigmoid(torch.cat((xz, xr), 1) + h1 @ gru_h[:, :2 * n])
        z, r = zr[:, :n], zr[:, n:]
        cand = torch.tanh(xc + (r * h1) @ gru_h[:, 2 * n:])
        h1 = z * h1 + (1 - z) * cand
        h2 = torch.tanh(torch.cat((h1, h2), dim=1) @ rnn_w + rnn_b)
        outs.append(h2 @ out_w + out_b)
    return torch.cat(outs), [h1, h2]
