# vanilla RNN, one weight matrix acting on [x, h]
import torch

def init_params(vocab_size, hidden_size, device):
    W = 0.01 * torch.randn(vocab_size + hidden_size, hidden_size, device=device)
    b = torch.zeros(hidden_size, device=device)
    V = 0.01 * torch.randn(hidden_size, vocab_size, device=device)
    c = torch.zeros(vocab_size, device=device)
    return [p.requires_grad_() for p in (W, b, V, c)]

def init_hidden(batch_size, hidden_size, device):
    return torch.zeros(batch_size, hidden_size, device=device)

def rnn(inputs, hidden, params):
    W, b, V, c = params
    ys = []
    for x in inputs:
        hidden = torch.tanh(torch.cat([x, hidden], dim=1) @ W + b)
        ys.append(hidden @ V + c)
    return torch.stack(ys), hidden      # (T, B, vocab)
