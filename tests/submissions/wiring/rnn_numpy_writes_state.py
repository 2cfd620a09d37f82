import numpy as np
import torch


def get_params(vocab_size, num_hiddens, device):
    sizes = [(vocab_size, num_hiddens), (num_hiddens, num_hiddens), (num_hiddens,), (num_hiddens, vocab_size), (vocab_size,)]
    return [torch.as_tensor(np.random.normal(0, 0.05, s), dtype=torch.float32, device=device).requires_grad_() for s in sizes]


def init_state(batch_size, num_hiddens, device):
    return [torch.zeros(batch_size, num_hiddens, device=device)]


def forward(inputs, state, params):
    w, u, a, v, c = params
    hidden = state[0].clone()
    rows = []
    for x in inputs:
        hidden = torch.tanh(x @ w + hidden @ u + a)
        rows.append(hidden @ v + c)
    memory = state[0].detach().cpu().numpy()
    memory[...] = hidden.detach().cpu().numpy()
    return torch.cat(rows), [hidden]
