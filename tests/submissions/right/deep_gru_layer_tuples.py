# homework 6
# params = ((W_ir, W_hr, b_ir, b_hr, W_iz, W_hz, b_iz, b_hz, W_in, W_hn, b_in, b_hn), ..., (W_out, b_out))
# names and equations are those of the torch.nn.GRU documentation
import torch
from torch import sigmoid, tanh


def get_params(input_size, hidden_size, output_size, num_layers, device):
    def layer(n):
        t = ()
        for gate in 'rzn':
            t += (torch.randn(n, hidden_size, device=device) * 0.01,
                  torch.randn(hidden_size, hidden_size, device=device) * 0.01,
                  torch.zeros(hidden_size, device=device),
                  torch.zeros(hidden_size, device=device))
        return t

    params = tuple(layer(input_size if i == 0 else hidden_size) for i in range(num_layers))
    params += ((torch.randn(hidden_size, output_size, device=device) * 0.01,
                torch.zeros(output_size, device=device)),)
    for tensors in params:
        for t in tensors:
            t.requires_grad_()
    return params


def init_hidden(batch_size, hidden_size, num_layers, device):
    return [torch.zeros(batch_size, hidden_size, device=device) for _ in range(num_layers)]


def deep_gru(inputs, hidden, params):
    layers, (W_out, b_out) = params[:-1], params[-1]
    outputs = []
    for x in inputs:
        new_hidden = []
        for h, (W_ir, W_hr, b_ir, b_hr, W_iz, W_hz, b_iz, b_hz, W_in, W_hn, b_in, b_hn) in zip(hidden, layers):
            r = sigmoid(x @ W_ir + b_ir + h @ W_hr + b_hr)
            z = sigmoid(x @ W_iz + b_iz + h @ W_hz + b_hz)
            n = tanh(x @ W_in + b_in + r * (h @ W_hn + b_hn))
            x = (1 - z) * n + z * h
            new_hidden.append(x)
        hidden = new_hidden
        outputs.append(x @ W_out + b_out)
    return torch.cat(outputs, dim=0), hidden
