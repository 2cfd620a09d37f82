import torch
import numpy as np
def get_params(vocab_size, num_hiddens, device):
    w = lambda *s: torch.tensor(np.random.randn(*s) * 0.01, device=device, requires_grad=True)
    return [w(vocab_size, num_hiddens), w(num_hiddens, num_hiddens), w(num_hiddens), w(num_hiddens, vocab_size), w(vocab_size)]
def init_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device, dtype=torch.float64),)
def forward(inputs, state, params):
    Wx, Wh, b, Wq, bq = params
    H, = state
    ys = []
    for X in inputs.double():
        H = torch.tanh(X @ Wx + H @ Wh + b)
        ys.append(H @ Wq + bq)
    return torch.cat(ys), (H,)
