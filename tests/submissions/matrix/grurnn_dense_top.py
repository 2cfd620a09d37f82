import torch
import torch.nn.functional as F


def get_params(vocab_size, num_hiddens, device):
    params = {}
    for k in 'rzh':
        params['w' + k] = torch.empty(num_hiddens, vocab_size, device=device)
        params['u' + k] = torch.empty(num_hiddens, num_hiddens, device=device)
        params['b' + k] = torch.empty(num_hiddens, device=device)
    params['w2'] = torch.empty(num_hiddens, num_hiddens, device=device)
    params['u2'] = torch.empty(num_hiddens, num_hiddens, device=device)
    params['b2'] = torch.empty(num_hiddens, device=device)
    params['wq'] = torch.empty(vocab_size, num_hiddens, device=device)
    params['bq'] = torch.empty(vocab_size, device=device)
    with torch.no_grad():
        for name, p in params.items():
            p.zero_() if name[0] == 'b' else p.normal_(0, 0.01)
    for p in params.values():
        p.requires_grad = True
    return params


def init_state(batch_size, num_hiddens, device):
    return tuple(torch.zeros((batch_size, num_hiddens), device=device) for layer in ('gru', 'rnn'))


def forward(inputs, state, params):
    h1, h2 = state

    def lin(x, h, k):
        return F.linear(x, params['w' + k], params['b' + k]) + F.linear(h, params['u' + k])

    y = []
    for x in inputs:
        r, z = torch.sigmoid(lin(x, h1, 'r')), torch.sigmoid(lin(x, h1, 'z'))
        h1 = z * h1 + (1 - z) * torch.tanh(lin(x, r * h1, 'h'))
        h2 = torch.tanh(F.linear(h1, params['w2'], params['b2']))
        y.append(F.linear(h2, params['wq'], params['bq']))
    return torch.cat(y), (h1, h2)
