import torch


def get_params(vocab_size, num_hiddens, device):
    params = {}
    for name in ['reset', 'update', 'memory']:
        params[name] = [torch.randn(vocab_size, num_hiddens, device=device) * 0.01,
                        torch.randn(num_hiddens, num_hiddens, device=device) * 0.01,
                        torch.zeros(num_hiddens, device=device)]
    params['linear'] = [torch.randn(num_hiddens, vocab_size, device=device) * 0.01,
                        torch.zeros(vocab_size, device=device)]
    for tensors in params.values():
        for tensor in tensors:
            tensor.requires_grad_(True)
    return params


def init_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),)


def linear(X, H, weights):
    W_x, W_h, b = weights
    return X @ W_x + H @ W_h + b


def forward(inputs, state, params):
    H, = state
    W, b = params['linear']
    outputs = []
    for X in inputs:
        R = torch.sigmoid(linear(X, H, params['reset']))
        Z = torch.sigmoid(linear(X, H, params['update']))
        RH = R * H
        H_hat = torch.tanh(linear(X, RH, params['memory']))
        H = Z * RH + (1 - Z) * H_hat
        outputs.append(H @ W + b)
    return torch.cat(outputs, dim=0), (H,)
