import copy
import torch
import torch.nn as nn


def get_params(vocab_size, num_hiddens, num_layers, device):
    def W(r, c):
        return nn.Parameter(0.01 * torch.randn(r, c, device=device))

    def b(n):
        return nn.Parameter(torch.zeros(n, device=device))

    sizes = [vocab_size] + [num_hiddens] * num_layers
    hidden = [(W(sizes[k], num_hiddens), W(num_hiddens, num_hiddens), b(num_hiddens))
              for k in range(num_layers)]
    return {'hidden': hidden, 'W_hq': W(num_hiddens, vocab_size), 'b_q': b(vocab_size)}


def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens, device=device)] * num_layers


def forward(inputs, state, params):
    # mes propres buffers : l'état de l'appelant ne doit pas changer
    H = copy.deepcopy([s.detach() for s in state])
    outputs = []
    for X in inputs:
        for k, (W_xh, W_hh, b_h) in enumerate(params['hidden']):
            # .clone() sinon "modified by an inplace operation" au backward
            h = torch.tanh(X @ W_xh + H[k].clone() @ W_hh + b_h)
            H[k].copy_(h)
            X = h
        outputs.append(X @ params['W_hq'] + params['b_q'])
    return torch.cat(outputs, dim=0), H
