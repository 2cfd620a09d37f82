import torch
def get_params(vocab_size, num_hiddens, device):
    w = lambda *s: torch.randn(s, device=device).mul(0.1).requires_grad_()
    return [w(vocab_size, num_hiddens), w(num_hiddens, num_hiddens), w(num_hiddens), w(num_hiddens, vocab_size), w(vocab_size)]
def init_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),)
from typing import Callable
def make_forward() -> Callable:
    def forward(inputs, state, params):
        Wx, Wh, b, Wq, bq = params
        H, = state
        ys = []
        for X in inputs:
            H = torch.tanh(X @ Wx + H @ Wh + b)
            ys.append(H @ Wq + bq)
        return torch.cat(ys), (H,)
    return forward
forward: Callable = make_forward()
