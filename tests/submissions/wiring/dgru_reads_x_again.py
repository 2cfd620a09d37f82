# 深层GRU 任意层数
import torch
from torch import nn

def get_gru_params_deep(vocab_size, num_hiddens, num_layers, device):
    num_inputs = num_outputs = vocab_size

    def normal(shape):
        return torch.randn(size=shape, device=device) * 0.01

    def three():
        return [normal((num_inputs, num_hiddens)),
                normal((num_hiddens, num_hiddens)),
                torch.zeros(num_hiddens, device=device)]

    params = []
    for i in range(num_layers):
        params += three()   # 更新门
        params += three()   # 重置门
        params += three()   # 候选隐状态
    params += [normal((num_hiddens, num_outputs)), torch.zeros(num_outputs, device=device)]
    for param in params:
        param.requires_grad_(True)
    return params

def init_gru_state(batch_size, num_hiddens, num_layers, device):
    return tuple(torch.zeros((batch_size, num_hiddens), device=device)
                 for i in range(num_layers))

def gru_deep(inputs, state, params):
    hidden = list(state)
    W_hq, b_q = params[-2:]
    outputs = []
    for X in inputs:
        for i in range(len(hidden)):
            W_xz, W_hz, b_z, W_xr, W_hr, b_r, W_xh, W_hh, b_h = params[i * 9:(i + 1) * 9]
            H = hidden[i]
            Z = torch.sigmoid(X @ W_xz + H @ W_hz + b_z)
            R = torch.sigmoid(X @ W_xr + H @ W_hr + b_r)
            H_tilda = torch.tanh(X @ W_xh + (R * H) @ W_hh + b_h)
            hidden[i] = Z * H + (1 - Z) * H_tilda
        Y = hidden[-1] @ W_hq + b_q
        outputs.append(Y)
    return torch.cat(outputs, dim=0), tuple(hidden)

if __name__ == '__main__':
    vocab_size, num_hiddens, num_layers = 28, 64, 2
    state = init_gru_state(2, num_hiddens, num_layers, 'cpu')
    params = get_gru_params_deep(vocab_size, num_hiddens, num_layers, 'cpu')
    X = nn.functional.one_hot(torch.arange(10).reshape(2, 5).T, vocab_size).float()
    Y, new_state = gru_deep(X, state, params)
    print(Y.shape, len(new_state), new_state[0].shape)   # (10, 28) 2 (2, 64)
