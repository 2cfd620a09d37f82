import torch
from torch import nn

last_H = None   # 前回の隠れ状態


def init_params(vocab_size, hidden_size, device):
    W_xh = nn.Parameter(torch.normal(0.0, 0.01, (vocab_size, hidden_size), device=device))
    W_hh = nn.Parameter(torch.normal(0.0, 0.01, (hidden_size, hidden_size), device=device))
    b_h = nn.Parameter(torch.zeros(hidden_size, device=device))
    W_hq = nn.Parameter(torch.normal(0.0, 0.01, (hidden_size, vocab_size), device=device))
    b_q = nn.Parameter(torch.zeros(vocab_size, device=device))
    return W_xh, W_hh, b_h, W_hq, b_q


def init_state(batch_size, hidden_size, device):
    return torch.zeros(batch_size, hidden_size, device=device)


def rnn_scratch(inputs, state, params):
    global last_H
    W_xh, W_hh, b_h, W_hq, b_q = params
    if last_H is None or last_H.shape != state.shape:
        last_H = state              # 最初だけ
    H = last_H
    outputs = []
    for X in inputs:
        H = torch.tanh(X @ W_xh + H @ W_hh + b_h)
        outputs.append(H @ W_hq + b_q)
    last_H = H.detach()
    return torch.cat(outputs, dim=0), H


def perplexity(logits, y):
    return torch.exp(nn.functional.cross_entropy(logits, y))
