import torch
import torch.nn as nn

# params: nn.ParameterList [W_1, b_1, W_2, b_2, ..., W_out, b_out], each W_l takes [x; h]

def get_params(vocab_size, num_hiddens, num_layers, device):
    ps = nn.ParameterList()
    size = vocab_size
    for l in range(num_layers):
        ps.append(nn.Parameter(torch.randn(size + num_hiddens, num_hiddens, device=device) * 0.01))
        ps.append(nn.Parameter(torch.zeros(num_hiddens, device=device)))
        size = num_hiddens
    ps.append(nn.Parameter(torch.randn(num_hiddens, vocab_size, device=device) * 0.01))
    ps.append(nn.Parameter(torch.zeros(vocab_size, device=device)))
    return ps

def begin_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for l in range(num_layers)]

def rnn(inputs, state, params):
    W_out, b_out = params[-2], params[-1]
    outputs = []
    for X in inputs:
        nxt = []
        for l, H in enumerate(state):
            X = torch.tanh(torch.matmul(torch.hstack([X, H]), params[2 * l]) + params[2 * l + 1])
            nxt.append(X)
        state = nxt
        outputs.append(torch.matmul(X, W_out) + b_out)
    return outputs, state   # one (batch, vocab) tensor per time step
