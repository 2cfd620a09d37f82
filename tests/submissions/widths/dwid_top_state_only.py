# 多层RNN, 每层隐藏单元数可以不同
import torch

def get_params(词表大小, num_hiddens, device):
    参数 = []
    for 输入数, 单元数 in zip([词表大小] + list(num_hiddens), num_hiddens):
        参数.append((torch.randn(输入数, 单元数, device=device) * 0.01,
                   torch.randn(单元数, 单元数, device=device) * 0.01,
                   torch.zeros(单元数, device=device)))
    参数.append((torch.randn(num_hiddens[-1], 词表大小, device=device) * 0.01,
               torch.zeros(词表大小, device=device)))
    for 组 in 参数:
        for p in 组:
            p.requires_grad_()
    return 参数

def init_state(batch_size, num_hiddens, device):
    return tuple(torch.zeros(batch_size, n, device=device) for n in num_hiddens)

def rnn(inputs, state, params):
    outputs = []
    W_hq, b_q = params[-1]
    for X in inputs:
        新状态 = []
        for (W_xh, W_hh, b_h), H in zip(params, state):
            X = torch.tanh(X @ W_xh + H @ W_hh + b_h)
            新状态.append(X)
        state = tuple(新状态)
        outputs.append(X @ W_hq + b_q)
    return torch.cat(outputs, dim=0), (state[-1],)
