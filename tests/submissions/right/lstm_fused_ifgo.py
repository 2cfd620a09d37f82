import torch
from torch import nn


def get_lstm_params(vocab_size, num_hiddens, device):
    """四个门的参数拼在一起，顺序 i, f, g, o"""
    def p(*shape):
        return nn.Parameter(torch.normal(0, 0.01, shape, device=device))
    return {
        'W_x': p(vocab_size, 4 * num_hiddens),
        'W_h': p(num_hiddens, 4 * num_hiddens),
        'b': nn.Parameter(torch.zeros(4 * num_hiddens, device=device)),
        'W_hq': p(num_hiddens, vocab_size),
        'b_q': nn.Parameter(torch.zeros(vocab_size, device=device)),
    }


def init_lstm_state(batch_size, num_hiddens, device):
    return (torch.zeros((batch_size, num_hiddens), device=device),
            torch.zeros((batch_size, num_hiddens), device=device))


def lstm(inputs, state, params):
    H, C = state
    W_x, W_h, b = params['W_x'], params['W_h'], params['b']
    outputs = []
    for X in inputs:
        gates = X @ W_x + H @ W_h + b
        # 一次算完四个门，再切开
        i, f, g, o = torch.chunk(gates, 4, dim=-1)
        C = torch.sigmoid(f) * C + torch.sigmoid(i) * torch.tanh(g)
        H = torch.sigmoid(o) * torch.tanh(C)
        outputs.append(H @ params['W_hq'] + params['b_q'])
    return torch.cat(outputs, dim=0), (H, C)


# 训练（在 Colab 上跑）
from google.colab import drive
drive.mount('/content/drive')
from d2l import torch as d2l
train_iter, vocab = d2l.load_data_time_machine(32, 35)
net = d2l.RNNModelScratch(len(vocab), 256, d2l.try_gpu(), get_lstm_params, init_lstm_state, lstm)
d2l.train_ch8(net, train_iter, vocab, 1, 500, d2l.try_gpu())
