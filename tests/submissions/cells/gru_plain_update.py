"""
Assignment 3: GRU
Student submission
"""
import torch
from torch import nn
import matplotlib.pyplot as plt


def get_params(vocab_size, num_hiddens, device):
    num_inputs = num_outputs = vocab_size
    make = lambda *size: nn.Parameter(torch.randn(*size, device=device).mul(0.01))
    params = {
        'W_xh': make(num_inputs, num_hiddens),
        'W_hh': make(num_hiddens, num_hiddens),
        'b_h': nn.Parameter(torch.zeros(num_hiddens, device=device)),
        'W_hq': make(num_hiddens, num_outputs),
        'b_q': nn.Parameter(torch.zeros(num_outputs, device=device)),
    }
    return params


def init_gru_state(batch_size, num_hiddens, device):
    return (torch.zeros((batch_size, num_hiddens), device=device), )


def gru(inputs, state, params):
    H, = state
    outputs = []
    for X in inputs:
        # update the hidden state
        H = torch.tanh(X @ params['W_xh'] + H @ params['W_hh'] + params['b_h'])
        outputs.append(H @ params['W_hq'] + params['b_q'])
    return torch.cat(outputs, dim=0), (H, )


def plot_losses(losses):
    plt.plot(losses)
    plt.xlabel('epoch')
    plt.ylabel('perplexity')
    plt.show()
