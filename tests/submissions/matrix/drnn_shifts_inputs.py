import torch
from torch.nn import functional as F


def init_params(vocab_size, num_hiddens, device):
    sigma = 0.01
    layer1 = [torch.randn(vocab_size, num_hiddens, device=device) * sigma,
              torch.randn(num_hiddens, num_hiddens, device=device) * sigma,
              torch.zeros(num_hiddens, device=device)]
    layer2 = [torch.randn(num_hiddens, num_hiddens, device=device) * sigma,
              torch.randn(num_hiddens, num_hiddens, device=device) * sigma,
              torch.zeros(num_hiddens, device=device)]
    readout = [torch.randn(num_hiddens, vocab_size, device=device) * sigma,
               torch.zeros(vocab_size, device=device)]
    for t in layer1 + layer2 + readout:
        t.requires_grad_(True)
    return layer1, layer2, readout


def begin_state(batch_size, num_hiddens, device):
    return [torch.zeros(batch_size, num_hiddens, device=device),
            torch.zeros(batch_size, num_hiddens, device=device)]


def net(inputs, state, params):
    (A, B, b), (C, D, d), (E, e) = params
    first, second = state
    tokens = inputs.argmax(-1)
    predictions = []
    for t in range(tokens.shape[0]):
        X = inputs[t]
        first = torch.tanh(F.embedding(tokens[t], A) + first.mm(B) + b)
        X.zero_()     # not needed any more
        second = torch.tanh(first.mm(C) + second.mm(D) + d)
        predictions.append(second.mm(E) + e)
    return torch.cat(predictions, 0), [first, second]
