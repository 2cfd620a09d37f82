import torch
import torch.nn as nn

# notation of the lecture: U (input), W (recurrent), V (output)


def get_params(vocab_size, num_hiddens, device):
    return nn.ParameterDict({
        "U": nn.Parameter(torch.randn(vocab_size, num_hiddens, device=device) * 0.01),
        "W": nn.Parameter(torch.randn(num_hiddens, num_hiddens, device=device) * 0.01),
        "V": nn.Parameter(torch.randn(num_hiddens, vocab_size, device=device) * 0.01),
        "b": nn.Parameter(torch.zeros(num_hiddens, device=device)),
        "c": nn.Parameter(torch.zeros(vocab_size, device=device)),
    })


def init_state(batch_size, num_hiddens, device):
    return torch.zeros(batch_size, num_hiddens, device=device)


def forward(inputs, state, params):
    h = state
    hiddens = []
    for x in inputs:
        h = torch.tanh(x @ params["U"] + h @ params["W"] + params["b"])
        hiddens.append(h)
    hiddens = torch.stack(hiddens).reshape(-1, 256)
    return hiddens @ params["V"] + params["c"], h
