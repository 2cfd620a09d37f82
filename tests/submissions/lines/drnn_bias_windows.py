"""All biases are windows on one buffer, and the windows of two layers meet."""
import torch


def get_params(vocab_size, num_hiddens, num_layers, device):
    buffer = torch.zeros(num_hiddens + num_layers, device=device)
    params = []
    for k in range(num_layers):
        n_in = num_hiddens if k else vocab_size
        params.append(0.1 * torch.randn(n_in, num_hiddens, device=device))
        params.append(0.1 * torch.randn(num_hiddens, num_hiddens, device=device))
        params.append(buffer[k:k + num_hiddens])
    params += [0.1 * torch.randn(num_hiddens, vocab_size, device=device),
               torch.zeros(vocab_size, device=device)]
    return [p.detach().requires_grad_() for p in params]


def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers)]


def forward(inputs, state, params):
    H, outs = list(state), []
    for X in inputs:
        for k in range(len(H)):
            Wx, Wh, b = params[3 * k:3 * k + 3]
            H[k] = torch.tanh(X @ Wx + H[k] @ Wh + b)
            X = H[k]
        outs.append(X @ params[-2] + params[-1])
    return torch.cat(outs), H
