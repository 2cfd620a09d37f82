# three layers, no loop over layers
import torch
from torch.nn import functional as F


def make_params(vocab_size, num_hiddens, device):
    V, H = vocab_size, num_hiddens
    P = {}
    for name, shape in dict(W1=(H, V), W2=(H, H), W3=(H, H), U1=(H, H), U2=(H, H), U3=(H, H), Wo=(V, H)).items():
        P[name] = torch.randn(shape, device=device).mul_(0.02).requires_grad_(True)
    for name, n in dict(b1=H, b2=H, b3=H, bo=V).items():
        P[name] = torch.zeros(n, device=device).requires_grad_(True)
    return P


def init_state(batch_size, num_hiddens, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in (1, 2, 3)]


def net(inputs, state, P):
    h1, h2, h3 = state
    rows = []
    for x in inputs:
        h1 = torch.tanh(F.linear(x, P["W1"], P["b1"]) + F.linear(h1, P["U1"]))
        h2 = torch.tanh(F.linear(h1, P["W2"], P["b2"]) + F.linear(h2, P["U2"]))
        h3 = torch.tanh(F.linear(h2, P["W3"], P["b3"]) + F.linear(h3, P["U3"]))
        rows.append(F.linear(h1 + h2 + h3, P["Wo"], P["bo"]))
    return torch.cat(rows), [h1, h2, h3]
