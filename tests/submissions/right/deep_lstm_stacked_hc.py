import torch

sigmoid = lambda x: 1.0 / (1.0 + torch.exp(-x))

# same interface as nn.LSTM: state = (H, C), both (layers, batch, hidden)

def init_hidden(batch_size, hidden_size, layers, device):
    H = torch.zeros(layers, batch_size, hidden_size, device=device)
    C = torch.zeros(layers, batch_size, hidden_size, device=device)
    return H, C

def get_params(vocab_size, hidden_size, layers, device):
    rand = lambda n, m: torch.randn(n, m, device=device) * 0.01
    zero = lambda n: torch.zeros(n, device=device)
    weights = []
    for l in range(layers):
        n = [hidden_size, vocab_size][l == 0]
        weights.append([
            [rand(n, hidden_size) for _ in range(4)],               # x -> f, i, c, o
            [rand(hidden_size, hidden_size) for _ in range(4)],     # h -> f, i, c, o
            [zero(hidden_size) for _ in range(4)],
        ])
    V, c = rand(hidden_size, vocab_size), zero(vocab_size)
    for layer in weights:
        for group in layer:
            for t in group:
                t.requires_grad_(True)
    V.requires_grad_(True); c.requires_grad_(True)
    return weights, V, c

def lstm_forward(inputs, state, params):
    weights, V, c = params
    hs = list(state[0].unbind(0))
    cs = list(state[1].unbind(0))
    outs = []
    for t in range(inputs.size(0)):
        x = inputs[t]
        for l, (W, U, b) in enumerate(weights):
            f, i, g, o = [x @ W[k] + hs[l] @ U[k] + b[k] for k in range(4)]
            cs[l] = sigmoid(f) * cs[l] + sigmoid(i) * torch.tanh(g)
            hs[l] = sigmoid(o) * torch.tanh(cs[l])
            x = hs[l]
        outs.append(x @ V + c)
    out = torch.stack(outs)                       # T x B x V
    return out.reshape(-1, out.shape[2]), (torch.stack(hs), torch.stack(cs))
