import torch, torch.nn as nn
P = nn.Parameter

def get_params(n_tokens, hidden_dims, device):
    rand = lambda r, c: P(torch.randn(r, c, device=device) * 0.01)
    zero = lambda n: P(torch.zeros(n, device=device))
    L = len(hidden_dims)
    up = nn.ParameterList([rand(n_tokens if i == 0 else hidden_dims[i-1], hidden_dims[i]) for i in range(L)])
    rec = nn.ParameterList([rand(d, d) for d in hidden_dims])
    bias = nn.ParameterList([zero(d) for d in hidden_dims])
    out = nn.ParameterList([zero(n_tokens), rand(hidden_dims[-1], n_tokens)])
    return nn.ModuleList([out, up, rec, bias])

def init_states(batch_size, hidden_dims, device):
    return [torch.zeros(batch_size, d, device=device) for d in hidden_dims]

def net(inputs, states, params):
    out, up, rec, bias = params
    steps = []
    for x in inputs.unbind(0):
        fresh = []
        for h, U, R, b in zip(states, up, rec, bias):
            x = torch.tanh(torch.addmm(b, x, U).addmm(h, R))
            fresh.append(x)
        states = fresh
        steps.append(torch.addmm(out[0], x, out[1]))
    return steps, states        # list over time of (batch, n_tokens)
