import torch

def get_lstm_params(vocab_size, num_hiddens, num_layers, device):
    def _n(*shape): return torch.nn.Parameter(torch.randn(*shape, device=device) * 0.01)
    def _z(n): return torch.nn.Parameter(torch.zeros(n, device=device))
    params = [_n(num_hiddens, vocab_size), _z(vocab_size)]      # output layer is params[0], params[1]
    for layer in range(num_layers):
        n_in = [vocab_size, num_hiddens][layer > 0]
        params.append([_n(n_in, num_hiddens) for _ in 'ifoc'])
        params.append([_n(num_hiddens, num_hiddens) for _ in 'ifoc'])
        params.append([_z(num_hiddens) for _ in 'ifoc'])
    return params

def init_lstm_state(batch_size, num_hiddens, num_layers, device):
    state = []
    for layer in range(num_layers):
        state.append(torch.zeros(batch_size, num_hiddens, device=device))  # H
        state.append(torch.zeros(batch_size, num_hiddens, device=device))  # C
    return state

def lstm(inputs, state, params):
    depth = len(state) // 2
    Hs, Cs = list(state[0::2]), list(state[1::2])
    outputs = []
    for X in inputs:
        below = X
        for d in range(depth):
            Wx, Wh, b = params[2 + 3 * d], params[3 + 3 * d], params[4 + 3 * d]
            i, f, o, g = [below @ Wx[k] + Hs[d] @ Wh[k] + b[k] for k in range(4)]
            Cs[d] = torch.sigmoid(f) * Cs[d] + torch.sigmoid(i) * torch.tanh(g)
            Hs[d] = torch.sigmoid(o) * torch.tanh(Cs[d])
            below = Hs[d]
        outputs.append(Hs[0] @ params[0] + params[1])
    new_state = [s for pair in zip(Hs, Cs) for s in pair]
    return torch.cat(outputs), new_state
