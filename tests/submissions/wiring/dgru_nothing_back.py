import torch
from torch import nn
import matplotlib.pyplot as plt


class P:
    pass


def init_params(vocab_size, hidden_size, num_layers, device):
    def w(*shape):
        return nn.Parameter(torch.randn(*shape, device=device) * 0.01)

    params = []
    for i in range(num_layers):
        inp = vocab_size if i == 0 else hidden_size
        # fused r | z , candidate separately
        params.append([w(inp, 2 * hidden_size), w(hidden_size, 2 * hidden_size),
                       nn.Parameter(torch.zeros(2 * hidden_size, device=device)),
                       w(inp, hidden_size), w(hidden_size, hidden_size),
                       nn.Parameter(torch.zeros(hidden_size, device=device))])
    params.append([w(hidden_size, vocab_size), nn.Parameter(torch.zeros(vocab_size, device=device))])
    return params


def init_hidden_state(batch_size, hidden_size, num_layers, device):
    return tuple(torch.zeros(batch_size, hidden_size, device=device) for _ in range(num_layers))


def gru_forward(inputs, state, params):
    *layers, (w_out, b_out) = params
    seq = list(inputs)
    for h, (w_g, u_g, b_g, w_c, u_c, b_c) in zip(state, layers):
        above = []
        for x in seq:
            r, z = torch.sigmoid(x @ w_g + h @ u_g + b_g).chunk(2, dim=1)
            c = torch.tanh(x @ w_c + (r * h) @ u_c + b_c)
            h = (1 - z) * h + z * c
            above.append(h)
        seq = above
    out = torch.cat(seq) @ w_out + b_out
    return out, None


def plot(losses):
    plt.plot(losses)
    plt.xlabel("epoch")
    plt.show()
