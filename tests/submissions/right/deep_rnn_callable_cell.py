import torch
from torch import nn
class Layer:
    def __init__(self, n_in, n_hid, device):
        f = lambda *s: (torch.randn(*s, device=device) * .1).requires_grad_()
        self.w, self.u, self.b = f(n_in, n_hid), f(n_hid, n_hid), f(n_hid)
    def __call__(self, x, h):
        return torch.tanh(x @ self.w + h @ self.u + self.b)
def get_params(vocab_size, num_hiddens, num_layers, device):
    f = lambda *s: (torch.randn(*s, device=device) * .1).requires_grad_()
    return [Layer(vocab_size if l == 0 else num_hiddens, num_hiddens, device) for l in range(num_layers)] + [[f(num_hiddens, vocab_size), f(vocab_size)]]
def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers)]
def forward(inputs, state, params):
    out, state = [], list(state)
    for x in inputs:
        for l, cell in enumerate(params[:-1]):
            x = state[l] = cell(x, state[l])
        out.append(x @ params[-1][0] + params[-1][1])
    return torch.cat(out), state
