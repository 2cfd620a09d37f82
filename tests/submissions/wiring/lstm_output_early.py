# LSTM 구현 과제
import torch
from torch import nn


def get_params(vocab_size, num_hiddens, device):
    def 가중치(n_in, n_out):
        return nn.Parameter(torch.randn(n_in, n_out, device=device) * 0.01)

    def 편향(n):
        return nn.Parameter(torch.zeros(n, device=device))

    게이트 = {}
    for 이름 in ["input", "forget", "output", "cell"]:
        게이트[이름] = [가중치(vocab_size, num_hiddens), 가중치(num_hiddens, num_hiddens), 편향(num_hiddens)]
    return 게이트, [가중치(num_hiddens, vocab_size), 편향(vocab_size)]


def init_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),
            torch.zeros(batch_size, num_hiddens, device=device))


def lstm(inputs, state, params):
    게이트, (W_q, b_q) = params
    h_prev, c_prev = state
    outputs = []
    for x in inputs:
        # 각 게이트 계산
        a = {k: x @ W + h_prev @ U + b for k, (W, U, b) in 게이트.items()}
        i, f, o = torch.sigmoid(a["input"]), torch.sigmoid(a["forget"]), torch.sigmoid(a["output"])
        c = f * c_prev + i * torch.tanh(a["cell"])
        h = o * torch.tanh(c)
        y = h_prev @ W_q + b_q
        outputs.append(y)
        h_prev, c_prev = h, c
    return torch.cat(outputs, dim=0), (h_prev, c_prev)
