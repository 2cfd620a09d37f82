import torch
def get_params(vocab_size, num_hiddens, num_layers, device):
    w = lambda *s: torch.nn.Parameter(torch.randn(s, device=device).mul(0.1))
    return [(w(3, vocab_size if l == 0 else num_hiddens, num_hiddens), w(3, num_hiddens, num_hiddens), w(3, num_hiddens)) for l in range(num_layers)], w(num_hiddens, vocab_size), w(vocab_size)
def init_state(batch_size, num_hiddens, num_layers, device):
    return torch.zeros(num_layers * batch_size, num_hiddens, device=device)
def forward(inputs, state, params):
    layers, Q, q = params
    hs = list(state.chunk(len(layers)))
    ys = []
    for x in inputs:
        for l, (W, U, b) in enumerate(layers):
            h = hs[l]
            r = torch.sigmoid(x @ W[0] + h @ U[0] + b[0]); z = torch.sigmoid(x @ W[1] + h @ U[1] + b[1])
            x = hs[l] = z * h + (1 - z) * torch.tanh(x @ W[2] + (r * h) @ U[2] + b[2])
        ys.append(x @ Q + q)
    return torch.cat(ys), torch.cat(hs)
