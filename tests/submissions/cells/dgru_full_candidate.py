# 深度循环神经网络练习：把 RNN 换成 GRU，层数可调
import torch
import math
import sys
sys.path.append('..')

num_epochs, num_steps, batch_size, lr, clipping_theta = 160, 35, 32, 1e2, 1e-2


def get_params(vocab_size, num_hiddens, num_layers, device):
    def _one(shape):
        ts = torch.normal(0, 0.01, size=shape, device=device)
        return torch.nn.Parameter(ts, requires_grad=True)

    def _three(n):
        return (_one((n, num_hiddens)), _one((num_hiddens, num_hiddens)),
                torch.nn.Parameter(torch.zeros(num_hiddens, device=device), requires_grad=True))

    params = []
    for i in range(num_layers):
        n = vocab_size if i == 0 else num_hiddens
        params.extend(_three(n))   # 更新门
        params.extend(_three(n))   # 重置门
        params.extend(_three(n))   # 候选隐藏状态
    params.append(_one((num_hiddens, vocab_size)))
    params.append(torch.nn.Parameter(torch.zeros(vocab_size, device=device), requires_grad=True))
    return params


def init_gru_state(batch_size, num_hiddens, num_layers, device):
    return tuple(torch.zeros((batch_size, num_hiddens), device=device) for _ in range(num_layers))


def gru(inputs, state, params):
    num_layers = len(state)
    Hs = [H for H in state]
    outputs = []
    for X in inputs:
        for i in range(num_layers):
            W_xz, W_hz, b_z, W_xr, W_hr, b_r, W_xh, W_hh, b_h = params[i * 9:i * 9 + 9]
            H = Hs[i]
            Z = torch.sigmoid(torch.matmul(X, W_xz) + torch.matmul(H, W_hz) + b_z)
            R = torch.sigmoid(torch.matmul(X, W_xr) + torch.matmul(H, W_hr) + b_r)
            H_tilda = torch.tanh(torch.matmul(X, W_xh) + torch.matmul(R * H, W_hh) + b_h)
            H = (1 - Z) * H + H_tilda
            Hs[i] = H
            X = H
        Y = torch.matmul(X, params[-2]) + params[-1]
        outputs.append(Y)
    return torch.cat(outputs, dim=0), tuple(Hs)


def sgd(params, lr, batch_size):
    for param in params:
        param.data -= lr * param.grad / batch_size


def ppl(l_sum, n):
    return math.exp(l_sum / n)
