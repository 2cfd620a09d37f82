import torch
from torch import nn
def get_params(vocab_size, num_hiddens, num_layers, device):
    f = lambda n: (torch.randn(n, device=device) * .1).requires_grad_()
    return [f((vocab_size if l == 0 else num_hiddens) * num_hiddens + num_hiddens ** 2 + num_hiddens) for l in range(num_layers)] + [f(num_hiddens * vocab_size + vocab_size)]
def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers)]
def forward(inputs, state, params):
    out, state = [], list(state)
    H, V = state[0].shape[1], inputs.shape[2]
    for x in inputs:
        for l, p in enumerate(params[:-1]):
            n = x.shape[1]
            w, u, b = p[:n*H].view(n, H), p[n*H:n*H+H*H].view(H, H), p[-H:]
            x = state[l] = torch.tanh(x @ w + state[l] @ u + b)
        out.append(x @ params[-1][:H*V].view(H, V) + params[-1][H*V:])
    return torch.cat(out), state
