"""All parameters are cut from one buffer, all first states from one tensor, none meeting."""
import torch


def get_params(vocab_size, num_hiddens, num_layers, device):
    h = num_hiddens
    shapes = []
    for k in range(num_layers):
        shapes += [(h if k else vocab_size, h), (h, h), (h,)]
    shapes += [(h, vocab_size), (vocab_size,)]
    sizes = [torch.Size(s).numel() for s in shapes]
    buffer = torch.randn(sum(sizes), device=device) * 0.1
    cut = buffer.split(sizes)
    return [c.view(s).detach().requires_grad_() for c, s in zip(cut, shapes)]


def init_state(batch_size, num_hiddens, num_layers, device):
    return list(torch.zeros(batch_size, num_layers * num_hiddens, device=device).chunk(num_layers, 1))


def forward(inputs, state, params):
    H, outs = list(state), []
    for X in inputs:
        for k in range(len(H)):
            Wx, Wh, b = params[3 * k:3 * k + 3]
            H[k] = torch.tanh(X @ Wx + H[k] @ Wh + b)
            X = H[k]
        outs.append(X @ params[-2] + params[-1])
    return torch.cat(outs), H
