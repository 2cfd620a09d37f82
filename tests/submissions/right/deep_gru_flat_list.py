# 深层 GRU（多层门控循环单元），参数放在一个大列表里，每层 9 个
import torch
from torch import nn
from d2l import torch as d2l


def get_gru_params(vocab_size, num_hiddens, num_layers, device):
    num_inputs = num_outputs = vocab_size

    def normal(shape):
        return torch.randn(size=shape, device=device) * 0.01

    def three(n_in):
        return (normal((n_in, num_hiddens)),
                normal((num_hiddens, num_hiddens)),
                torch.zeros(num_hiddens, device=device))

    params = []
    for layer in range(num_layers):
        n_in = num_inputs if layer == 0 else num_hiddens
        params.extend(three(n_in))  # 更新门
        params.extend(three(n_in))  # 重置门
        params.extend(three(n_in))  # 候选隐状态
    # 输出层参数
    params.append(normal((num_hiddens, num_outputs)))
    params.append(torch.zeros(num_outputs, device=device))
    # 附加梯度
    for param in params:
        param.requires_grad_(True)
    return params


def init_gru_state(batch_size, num_hiddens, num_layers, device):
    return tuple(torch.zeros((batch_size, num_hiddens), device=device)
                 for _ in range(num_layers))


def gru(inputs, state, params):
    num_layers = (len(params) - 2) // 9
    W_hq, b_q = params[-2], params[-1]
    states = [s for s in state]
    outputs = []
    for X in inputs:
        for k in range(num_layers):
            W_xz, W_hz, b_z, W_xr, W_hr, b_r, W_xh, W_hh, b_h = params[9 * k: 9 * k + 9]
            H = states[k]
            Z = torch.sigmoid((X @ W_xz) + (H @ W_hz) + b_z)
            R = torch.sigmoid((X @ W_xr) + (H @ W_hr) + b_r)
            H_tilda = torch.tanh((X @ W_xh) + ((R * H) @ W_hh) + b_h)
            H = Z * H + (1 - Z) * H_tilda
            states[k] = H
            X = H   # 本层输出作为上一层的输入
        Y = X @ W_hq + b_q
        outputs.append(Y)
    return torch.cat(outputs, dim=0), tuple(states)


batch_size, num_steps = 32, 35
train_iter, vocab = d2l.load_data_time_machine(batch_size, num_steps)
vocab_size, num_hiddens, device = len(vocab), 256, d2l.try_gpu()
num_epochs, lr = 500, 1
model = d2l.RNNModelScratch(
    len(vocab), num_hiddens, device,
    lambda v, h, d: get_gru_params(v, h, 2, d),
    lambda b, h, d: init_gru_state(b, h, 2, d), gru)
d2l.train_ch8(model, train_iter, vocab, lr, num_epochs, device)
d2l.plt.savefig('deep_gru.png')
