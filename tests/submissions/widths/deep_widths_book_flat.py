import torch
from torch import nn
from d2l import torch as d2l

batch_size, num_steps = 32, 35
train_iter, vocab = d2l.load_data_time_machine(batch_size, num_steps)

def get_params(vocab_size, num_hiddens, device):
    def normal(shape):
        return torch.randn(size=shape, device=device) * 0.01
    params = []
    num_inputs = vocab_size
    for h in num_hiddens:
        params += [normal((num_inputs, h)), normal((h, h)), torch.zeros(h, device=device)]
        num_inputs = h          # 上一层的输入宽度就是这一层的隐藏单元数
    # 输出层
    params += [normal((num_inputs, vocab_size)), torch.zeros(vocab_size, device=device)]
    for param in params:
        param.requires_grad_(True)
    return params

def init_rnn_state(batch_size, num_hiddens, device):
    return tuple(torch.zeros((batch_size, h), device=device) for h in num_hiddens)

def rnn(inputs, state, params):
    num_layers = len(state)
    H = list(state)
    W_hq, b_q = params[-2:]
    outputs = []
    for X in inputs:
        Y = X
        for i in range(num_layers):
            W_xh, W_hh, b_h = params[3 * i:3 * i + 3]
            H[i] = torch.tanh(torch.mm(Y, W_xh) + torch.mm(H[i], W_hh) + b_h)
            Y = H[i]
        outputs.append(torch.mm(Y, W_hq) + b_q)
    return torch.cat(outputs, dim=0), tuple(H)

num_hiddens = [256, 128]
params = get_params(len(vocab), num_hiddens, d2l.try_gpu())
for p in params:
    print(p.shape)
