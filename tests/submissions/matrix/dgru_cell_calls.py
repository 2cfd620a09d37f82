import torch
from torch import nn
from torch.func import functional_call


def get_params(vocab_size, num_hiddens, num_layers, device):
    params = []
    for layer in range(num_layers):
        rows = num_hiddens if layer > 0 else vocab_size
        p = {}
        for g in 'rzn':
            p['w' + g] = nn.Parameter(0.01 * torch.randn(rows, num_hiddens, device=device))
            p['u' + g] = nn.Parameter(0.01 * torch.randn(num_hiddens, num_hiddens, device=device))
            p['b' + g] = nn.Parameter(torch.zeros(num_hiddens, device=device))
            p['c' + g] = nn.Parameter(torch.zeros(num_hiddens, device=device))
        params.append(p)
    params.append({'w': nn.Parameter(0.01 * torch.randn(num_hiddens, vocab_size, device=device)),
                   'b': nn.Parameter(torch.zeros(vocab_size, device=device))})
    return params


def init_state(batch_size, num_hiddens, num_layers, device):
    return torch.zeros(num_layers, batch_size, num_hiddens, device=device)


def gru_step(x, h, p):
    cell = nn.GRUCell(x.shape[1], h.shape[1], device=x.device)
    return functional_call(cell, {
        'weight_ih': torch.cat([p['wr'], p['wz'], p['wn']], 1).t(),
        'weight_hh': torch.cat([p['ur'], p['uz'], p['un']], 1).t(),
        'bias_ih': torch.cat([p['br'], p['bz'], p['bn']]),
        'bias_hh': torch.cat([p['cr'], p['cz'], p['cn']]),
    }, (x, h))


def forward(inputs, state, params):
    hidden, last = params[:-1], params[-1]
    hs = list(state.unbind(0))
    out = []
    for x in inputs:
        for n, p in enumerate(hidden):
            hs[n] = gru_step(x, hs[n], p)
            x = hs[n]
        out.append(x @ last['w'] + last['b'])
    return torch.cat(out), torch.stack(hs)
