#!/usr/bin/env python3
import torch
import torch.nn.functional as F

def get_gru_params(vocab_size, num_hiddens, device):
    # [r | u | c] in einer Matrix
    return {
        'W': (torch.randn(vocab_size, 3 * num_hiddens, device=device) * .01).requires_grad_(),
        'U': (torch.randn(num_hiddens, 3 * num_hiddens, device=device) * .01).requires_grad_(),
        'b': torch.zeros(3 * num_hiddens, device=device).requires_grad_(),
        'W_out': (torch.randn(num_hiddens, vocab_size, device=device) * .01).requires_grad_(),
        'b_out': torch.zeros(vocab_size, device=device).requires_grad_(),
    }

def init_gru_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),)

def gru(inputs, state, params):
    (h,) = state
    n = h.shape[-1]
    W, U, b = params['W'], params['U'], params['b']
    logits = []
    for x in inputs:
        h = h.detach()   # sonst wächst der Graph und der Speicher läuft voll
        xw = x @ W + b
        ru = torch.sigmoid(xw[:, :2 * n] + h @ U[:, :2 * n])
        r, u = ru[:, :n], ru[:, n:]
        c = torch.tanh(xw[:, 2 * n:] + (r * h) @ U[:, 2 * n:])
        h = u * h + (1 - u) * c
        logits.append(h @ params['W_out'] + params['b_out'])
    return torch.cat(logits), (h,)

def train(params, corpus, V, steps=35, lr=1.0):
    state = init_gru_state(1, params['U'].shape[0], 'cpu')
    for t in range(0, len(corpus) - steps - 1, steps):
        x = F.one_hot(corpus[t:t + steps], V).float()[:, None]
        y, state = gru(x, state, params)
        loss = F.cross_entropy(y, corpus[t + 1:t + steps + 1])
        loss.backward()
        with torch.no_grad():
            for p in params.values():
                p -= lr * p.grad
                p.grad.zero_()
