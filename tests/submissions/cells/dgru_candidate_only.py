import torch

# 다층 GRU (과제 4)


def param(size, device, zero=False):
    t = torch.zeros(size, device=device) if zero else torch.randn(size, device=device) * 0.01
    return t.requires_grad_(True)


def get_params(vocab_size, num_hiddens, num_layers, device):
    params = []
    for l in range(num_layers):
        d = num_hiddens if l > 0 else vocab_size
        # update, reset, candidate 순서
        params.append([
            (param((d + num_hiddens, num_hiddens), device), param(num_hiddens, device, True)),
            (param((d + num_hiddens, num_hiddens), device), param(num_hiddens, device, True)),
            (param((d + num_hiddens, num_hiddens), device), param(num_hiddens, device, True)),
        ])
    params.append((param((num_hiddens, vocab_size), device), param(vocab_size, device, True)))
    return params


def init_state(batch_size, num_hiddens, num_layers, device):
    state = []
    for l in range(num_layers):
        state.append(torch.zeros(batch_size, num_hiddens, device=device))
    return state


def gru_layer(x, h, gates):
    (W_u, b_u), (W_r, b_r), (W_c, b_c) = gates
    xh = torch.cat((x, h), 1)
    update = torch.sigmoid(torch.mm(xh, W_u) + b_u)
    reset = torch.sigmoid(torch.mm(xh, W_r) + b_r)
    candidate = torch.tanh(torch.mm(torch.cat((x, reset * h), 1), W_c) + b_c)
    h_new = candidate  # 새로운 은닉 상태
    return h_new


def deep_gru(inputs, state, params):
    outputs = []
    for x in inputs:
        new_state = []
        for h, gates in zip(state, params[:-1]):
            x = gru_layer(x, h, gates)
            new_state.append(x)
        state = new_state
        W, b = params[-1]
        outputs.append(torch.mm(x, W) + b)
    return torch.cat(outputs, 0), state
