import collections
import torch

LSTMParams = collections.namedtuple(
    "LSTMParams", "W_f b_f W_i b_i W_g b_g W_o b_o V c")


def get_lstm_params(vocab_size, num_hiddens, device):
    """Each W acts on the concatenation [h, x]."""
    joint = num_hiddens + vocab_size

    def weight(rows, cols):
        return torch.nn.Parameter(torch.randn(rows, cols, device=device) / 100)

    def bias(n):
        return torch.nn.Parameter(torch.zeros(n, device=device))

    gates = []
    for _ in "figo":
        gates += [weight(joint, num_hiddens), bias(num_hiddens)]
    return LSTMParams(*gates, weight(num_hiddens, vocab_size), bias(vocab_size))


def init_lstm_state(batch_size, num_hiddens, device):
    """Hidden state and cell state."""
    shape = (batch_size, num_hiddens)
    return torch.zeros(shape, device=device), torch.zeros(shape, device=device)


def lstm_forward(inputs, state, params):
    p = params
    hidden, cell = state
    outputs = []
    for x in inputs:
        hx = torch.cat([hidden, x], dim=-1)
        forget = torch.sigmoid(hx @ p.W_f + p.b_f)
        write = torch.sigmoid(hx @ p.W_i + p.b_i)
        proposal = torch.tanh(hx @ p.W_g + p.b_g)
        read = torch.sigmoid(hx @ p.W_o + p.b_o)
        cell = forget * cell + write * proposal
        hidden = read * torch.tanh(cell)
        outputs.append(hidden @ p.V + p.c)
    return torch.cat(outputs), (cell, hidden)
