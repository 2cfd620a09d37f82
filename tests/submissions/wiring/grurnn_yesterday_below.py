import torch
import torch.nn as nn

# GRU alatta, sima tanh réteg felette

def get_params(vocab_size, num_hiddens, device):
    def W(r, c):
        return nn.Parameter(torch.randn(r, c, device=device) * 0.01)
    def b(c):
        return nn.Parameter(torch.zeros(c, device=device))
    also = {'W': W(vocab_size, 3 * num_hiddens), 'U': W(num_hiddens, 3 * num_hiddens), 'b': b(3 * num_hiddens)}
    felso = {'W': W(num_hiddens, num_hiddens), 'U': W(num_hiddens, num_hiddens), 'b': b(num_hiddens)}
    ki = {'W': W(num_hiddens, vocab_size), 'b': b(vocab_size)}
    return also, felso, ki

def init_state(batch_size, num_hiddens, device):
    return {'gru': torch.zeros(batch_size, num_hiddens, device=device),
            'rnn': torch.zeros(batch_size, num_hiddens, device=device)}

def gru_rnn(inputs, state, params):
    also, felso, ki = params
    g, h = state['gru'], state['rnn']
    n = g.shape[1]
    kimenet = []
    for x in inputs:
        # felső réteg
        h = torch.tanh(g @ felso['W'] + h @ felso['U'] + felso['b'])
        # alsó réteg: z, r, jelölt
        xw = x @ also['W'] + also['b']
        gu = g @ also['U']
        z = torch.sigmoid(xw[:, :n] + gu[:, :n])
        r = torch.sigmoid(xw[:, n:2 * n] + gu[:, n:2 * n])
        jelolt = torch.tanh(xw[:, 2 * n:] + r * gu[:, 2 * n:])
        g = z * g + (1 - z) * jelolt
        kimenet.append(h @ ki['W'] + ki['b'])
    return torch.cat(kimenet), {'gru': g, 'rnn': h}
