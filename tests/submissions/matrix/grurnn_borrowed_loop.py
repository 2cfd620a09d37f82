import torch


def matrix(n, m, device):
    return torch.nn.Parameter(torch.randn(n, m, device=device) * 0.01)


def vector(n, device):
    return torch.nn.Parameter(torch.zeros(n, device=device))


def get_params(vocab_size, num_hiddens, device):
    gru = {}
    for g in 'rzh':
        gru['W_x' + g] = matrix(vocab_size, num_hiddens, device)
        gru['W_h' + g] = matrix(num_hiddens, num_hiddens, device)
        gru['b_' + g] = vector(num_hiddens, device)
    rnn = {'W_xh': matrix(num_hiddens, num_hiddens, device),
           'W_hh': matrix(num_hiddens, num_hiddens, device),
           'b_h': vector(num_hiddens, device)}
    return {'gru': gru, 'rnn': rnn,
            'out': {'W_hq': matrix(num_hiddens, vocab_size, device), 'b_q': vector(vocab_size, device)}}


def init_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),) + (torch.zeros(batch_size, num_hiddens, device=device),)


def forward(inputs, state, params):
    gru, top, out = params['gru'], params['rnn'], params['out']
    H1, H2 = state
    Y = []
    for X in inputs:
        R = torch.sigmoid(X @ gru['W_xr'] + H1 @ gru['W_hr'] + gru['b_r'])
        Z = torch.sigmoid(X @ gru['W_xz'] + H1 @ gru['W_hz'] + gru['b_z'])
        H1 = Z * H1 + (1 - Z) * torch.tanh(X @ gru['W_xh'] + (R * H1) @ gru['W_hh'] + gru['b_h'])
        H2 = torch.tanh(H1 @ top['W_xh'] + H2 @ gru['W_hh'] + top['b_h'])
        Y.append(H2 @ out['W_hq'] + out['b_q'])
    return torch.cat(Y), (H1, H2)
