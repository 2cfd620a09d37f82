import torch
import torch.nn as nn

def get_params(vocab_size, num_hiddens, device):
    num_layers = len(num_hiddens)
    num_hiddens = num_hiddens[0]
    params = nn.ParameterList()
    for i in range(num_layers):
        num_in = vocab_size if i == 0 else num_hiddens
        params.append(nn.Parameter(torch.randn(num_in, num_hiddens, device=device) * 0.01))
        params.append(nn.Parameter(torch.randn(num_hiddens, num_hiddens, device=device) * 0.01))
        params.append(nn.Parameter(torch.zeros(num_hiddens, device=device)))
    params.append(nn.Parameter(torch.randn(num_hiddens, vocab_size, device=device) * 0.01))
    params.append(nn.Parameter(torch.zeros(vocab_size, device=device)))
    return params

def init_state(batch_size, num_hiddens, device):
    return tuple(torch.zeros(batch_size, num_hiddens[0], device=device) for _ in num_hiddens)

def forward(inputs, state, params):
    p = list(params)
    outputs = []
    for X in inputs:
        H, new_state = X, ()
        for i, h in enumerate(state):
            H = torch.tanh(H @ p[3*i] + h @ p[3*i+1] + p[3*i+2])
            new_state += (H,)
        state = new_state
        outputs.append(H @ p[-2] + p[-1])
    return torch.cat(outputs), state
