"""Two layers whose first states are views of one tensor."""
import torch


def get_params(vocab_size, num_hiddens, num_layers, device):
    sizes = [vocab_size] + [num_hiddens] * num_layers
    params = []
    for n_in, n_out in zip(sizes, sizes[1:]):
        params.append(torch.randn(n_in, n_out, device=device) * 0.05)
        params.append(torch.randn(n_out, n_out, device=device) * 0.05)
        params.append(torch.zeros(n_out, device=device))
    params.append(torch.randn(num_hiddens, vocab_size, device=device) * 0.05)
    params.append(torch.zeros(vocab_size, device=device))
    for p in params:
        p.requires_grad_(True)
    return params


def init_state(batch_size, num_hiddens, num_layers, device):
    h0 = torch.zeros(batch_size, num_hiddens, device=device)
    return tuple(h0[:] for _ in range(num_layers))


def forward(inputs, state, params):
    hs, outputs = list(state), []
    for x in inputs:
        for k in range(len(hs)):
            W_xh, W_hh, b_h = params[3 * k:3 * k + 3]
            hs[k] = x = torch.tanh(x @ W_xh + hs[k] @ W_hh + b_h)
        outputs.append(x @ params[-2] + params[-1])
    return torch.cat(outputs), tuple(hs)
