import torch
from torch.nn.functional import linear


def _w(rows, cols, device):
    return (torch.randn(rows, cols, device=device) * 0.01).requires_grad_(True)


def _b(n, device):
    return torch.zeros(n, device=device).requires_grad_(True)


def get_params(vocab_size, num_hiddens, device):
    gru = {}
    for g in 'rzh':
        gru['W_' + g] = _w(num_hiddens, vocab_size, device)
        gru['U_' + g] = _w(num_hiddens, num_hiddens, device)
        gru['b_' + g] = _b(num_hiddens, device)
    rnn = {'W': _w(num_hiddens, num_hiddens, device), 'U': _w(num_hiddens, num_hiddens, device),
           'b': _b(num_hiddens, device)}
    return {'gru': gru, 'rnn': rnn, 'lin': {'W': _w(vocab_size, num_hiddens, device), 'b': _b(vocab_size, device)}}


def init_state(batch_size, num_hiddens, device):
    return {
        'gru': torch.zeros((batch_size, num_hiddens), device=device),
        'rnn': torch.ones((batch_size, num_hiddens), device=device),
    }


def forward(inputs, state, params):
    g, h = state['gru'], state['rnn']
    p, q, lin = params['gru'], params['rnn'], params['lin']
    y = []
    for x in inputs:
        r, z = (torch.sigmoid(linear(x, p['W_' + k], p['b_' + k]) + linear(g, p['U_' + k])) for k in 'rz')
        cand = torch.tanh(linear(x, p['W_h'], p['b_h']) + linear(r * g, p['U_h']))
        g = z * g + (1 - z) * cand
        h = torch.tanh(linear(g, q['W'], q['b']) + linear(h, q['U']))
        y.append(linear(h, lin['W'], lin['b']))
    return torch.cat(y), {'gru': g, 'rnn': h}
