import torch
import torch.nn.functional as F


def get_params(vocab_size, num_hiddens, num_layers, device):
    def linear(n_in, n_out):
        w = torch.randn(n_out, n_in, device=device) * 0.01
        return w.requires_grad_(True), torch.zeros(n_out, device=device, requires_grad=True)

    params, n = [], vocab_size
    for _ in range(num_layers):
        params.append(linear(n + num_hiddens, 2 * num_hiddens) + linear(n + num_hiddens, num_hiddens))
        n = num_hiddens
    params.append(linear(num_hiddens, vocab_size))
    return params


def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers)]


def gru_cell(x, h, w_rz, b_rz, w_n, b_n):
    r, z = torch.sigmoid(F.linear(torch.cat((x, h), 1), w_rz, b_rz)).chunk(2, 1)
    n = F.relu(F.linear(torch.cat((x, r * h), 1), w_n, b_n))
    return z * h + (1 - z) * n


def forward(inputs, state, params):
    hs = list(state)
    logits = []
    for x in inputs:
        for k in range(len(hs)):
            x = hs[k] = gru_cell(x, hs[k], *params[k])
        logits.append(F.linear(x, *params[-1]))
    return torch.cat(logits), hs
