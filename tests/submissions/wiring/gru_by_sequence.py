import torch
import torch.nn as nn

# gated recurrent unit

def get_params(vocab_size, num_hiddens, device):
    w = {}
    for name in ("r", "z", "n"):
        w["ih_" + name] = nn.Parameter(torch.randn(num_hiddens, vocab_size, device=device) * 0.01)
        w["hh_" + name] = nn.Parameter(torch.randn(num_hiddens, num_hiddens, device=device) * 0.01)
        w["b_" + name] = nn.Parameter(torch.zeros(num_hiddens, device=device))
    w["out"] = nn.Parameter(torch.randn(vocab_size, num_hiddens, device=device) * 0.01)
    w["b_out"] = nn.Parameter(torch.zeros(vocab_size, device=device))
    return w

def init_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),)

def gru(inputs, state, weights):
    w = weights
    h = state[0]
    hs = []
    for x in inputs:
        r = torch.sigmoid(x @ w["ih_r"].T + h @ w["hh_r"].T + w["b_r"])
        z = torch.sigmoid(x @ w["ih_z"].T + h @ w["hh_z"].T + w["b_z"])
        n = torch.tanh(x @ w["ih_n"].T + (r * h) @ w["hh_n"].T + w["b_n"])
        h = n + z * (h - n)
        hs.append(h)
    hs = torch.stack(hs, dim=1)
    y = hs @ w["out"].T + w["b_out"]
    y = y.reshape(-1, y.shape[-1])
    print("outputs", tuple(y.shape))
    return y, (h,)
