from types import SimpleNamespace
import torch
import torch.nn.functional as F

# camada 1 = GRU (reset depois do produto), camada 2 = RNN simples; pesos (saída, entrada)


def init_params(vocab_size, hidden, device):
    def w(saida, entrada):
        lim = (6.0 / (saida + entrada)) ** 0.5
        t = torch.rand(saida, entrada, device=device) * 2 * lim - lim
        return t.requires_grad_()

    def b(n):
        return torch.zeros(n, device=device).requires_grad_()

    gru = SimpleNamespace(wx=w(3 * hidden, vocab_size), wh=w(3 * hidden, hidden),
                          bx=b(3 * hidden), bhn=b(hidden))
    rnn = SimpleNamespace(wx=w(hidden, hidden), wh=w(hidden, hidden), b=b(hidden))
    return {'gru': gru, 'rnn': rnn, 'saida': [w(vocab_size, hidden), b(vocab_size)]}


def init_state(batch_size, hidden, device):
    return torch.zeros(2, batch_size, hidden, device=device)


def forward(inputs, state, params):
    gru, rnn = params['gru'], params['rnn']
    h, s = state.unbind()
    todos = []
    for x in inputs:
        xu, xn, xr = F.linear(x, gru.wx, gru.bx).chunk(3, -1)
        hu, hn, hr = F.linear(h, gru.wh).chunk(3, -1)
        u, r = torch.sigmoid(xu + hu), torch.sigmoid(xr + hr)
        n = torch.tanh(xn + r * (hn + gru.bhn))
        h = u * h + (1 - u) * n
        s = torch.tanh(F.linear(h, rnn.wx) + F.linear(s, rnn.wh, rnn.b))
        todos.append(s)
    return F.linear(torch.cat(todos), *params['saida']), torch.stack([h, s])
