import torch
from torch.nn.functional import one_hot

# Aufgabe 5: unten GRU, oben ein einfaches RNN (J. Weiß)

torch.manual_seed(42)

def parameter(zeilen, spalten, device):
    return torch.nn.Parameter(torch.randn(zeilen, spalten, device=device) * 0.01)

def get_params(vocab_size, num_hiddens, device):
    n, h = vocab_size, num_hiddens
    null = lambda k: torch.nn.Parameter(torch.zeros(k, device=device))
    W = {
        'xr': parameter(n, h, device), 'hr': parameter(h, h, device), 'r': null(h),
        'xz': parameter(n, h, device), 'hz': parameter(h, h, device), 'z': null(h),
        'xn': parameter(n, h, device), 'hn': parameter(h, h, device), 'n': null(h),
        '12': parameter(h, h, device), '22': parameter(h, h, device), '2': null(h),
        'hq': parameter(h, n, device), 'q': null(n),
    }
    return W

def init_state(batch_size, num_hiddens, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for schicht in ('gru', 'rnn')]

def forward(inputs, state, params):
    W = params
    h1, h2 = state
    Y = []
    for x in inputs:
        r = torch.sigmoid(x @ W['xr'] + h1 @ W['hr'] + W['r'])
        z = torch.sigmoid(x @ W['xz'] + h1 @ W['hz'] + W['z'])
        neu = torch.tanh(x @ W['xn'] + (r * h1) @ W['hn'] + W['n'])
        h1 = z * h1 + (1 - z) * neu
        h2 = torch.tanh(h1 @ W['12'] + h2 @ W['22'] + W['2'])
        Y.append(h1 @ W['hq'] + W['q'])
    return torch.cat(Y, dim=0), [h1, h2]

V, H = 28, 100
params = get_params(V, H, 'cpu')
x = one_hot(torch.randint(0, V, (35, 4)), V).float()
y, zustand = forward(x, init_state(4, H, 'cpu'), params)
print(y.shape, [s.shape for s in zustand])
