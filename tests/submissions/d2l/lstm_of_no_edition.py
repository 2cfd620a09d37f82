import torch
import d2l

def get_params(vocab_size, num_hiddens, device):
    g = lambda *s: (torch.randn(s, device=device) * .1).requires_grad_()
    return g(vocab_size, 4 * num_hiddens), g(num_hiddens, 4 * num_hiddens), g(4 * num_hiddens), g(num_hiddens, vocab_size), g(vocab_size)

def init_state(batch_size, num_hiddens, device):
    return torch.zeros(batch_size, num_hiddens, device=device), torch.zeros(batch_size, num_hiddens, device=device)

def forward(inputs, state, params):
    W, U, b, W_hq, b_q = params
    H, C = state
    rows = []
    for X in inputs:
        H, C = d2l.torch.lstm_step(X, (H, C), W, U, b)
        rows.append(H @ W_hq + b_q)
    return torch.cat(rows), (H, C)
