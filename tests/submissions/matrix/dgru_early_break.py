import torch


def get_params(vocab_size, num_hiddens, num_layers, device):
    params = []
    for i in range(num_layers):
        n = vocab_size if i == 0 else num_hiddens
        layer = {}
        for g in ('z', 'r', 'h'):
            layer['W_x' + g] = torch.randn(n, num_hiddens, device=device) * 0.01
            layer['W_h' + g] = torch.randn(num_hiddens, num_hiddens, device=device) * 0.01
            layer['b_' + g] = torch.zeros(num_hiddens, device=device)
        params.append(layer)
    # the last entry is the output layer
    params.append({'W': torch.randn(num_hiddens, vocab_size, device=device) * 0.01,
                   'b': torch.zeros(vocab_size, device=device)})
    for layer in params:
        for p in layer.values():
            p.requires_grad_(True)
    return params


def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers)]


def gru_layer(X, H, p):
    Z = torch.sigmoid(X @ p['W_xz'] + H @ p['W_hz'] + p['b_z'])
    R = torch.sigmoid(X @ p['W_xr'] + H @ p['W_hr'] + p['b_r'])
    H_tilda = torch.tanh(X @ p['W_xh'] + (R * H) @ p['W_hh'] + p['b_h'])
    return Z * H + (1 - Z) * H_tilda


def forward(inputs, state, params):
    state = list(state)
    outputs = []
    for X in inputs:
        state[0] = X = gru_layer(X, state[0], params[0])
        for i in range(1, len(state)):
            # params[-1] is no layer
            if i == len(params) - 2:
                break
            state[i] = X = gru_layer(X, state[i], params[i])
        outputs.append(X @ params[-1]['W'] + params[-1]['b'])
    return torch.cat(outputs), state
