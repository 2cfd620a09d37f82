import torch
from torch import nn
# 双层LSTM

def get_params(vocab_size, num_hiddens, device):
    def normal(shape):
        return nn.Parameter(torch.randn(size=shape, device=device) * 0.01)

    def zeros(n):
        return nn.Parameter(torch.zeros(n, device=device))

    W_x1, W_h1, b_1 = normal((vocab_size, 4 * num_hiddens)), normal((num_hiddens, 4 * num_hiddens)), zeros(4 * num_hiddens)
    W_x2, W_h2, b_2 = normal((num_hiddens, 4 * num_hiddens)), normal((num_hiddens, 4 * num_hiddens)), zeros(4 * num_hiddens)
    W_hq, b_q = normal((num_hiddens, vocab_size)), zeros(vocab_size)
    return [(W_x1, W_h1, b_1), (W_x2, W_h2, b_2), (W_hq, b_q)]

def init_lstm_state(batch_size, num_hiddens, device):
    return tuple((torch.zeros((batch_size, num_hiddens), device=device),
                  torch.zeros((batch_size, num_hiddens), device=device)) for _ in range(2))

def lstm_layer(inputs, state, params):
    W_x, W_h, b = params
    H, C = state
    outputs = []
    for X in inputs:
        I, F, O, C_tilda = torch.chunk(X @ W_x + H @ W_h + b, 4, dim=1)
        C = torch.sigmoid(F) * C + torch.sigmoid(I) * torch.tanh(C_tilda)
        H = torch.sigmoid(O) * torch.tanh(C)
        outputs.append(H)
    return outputs, (H, C)

def deep_lstm(inputs, state, params):
    # 第一层从左到右，第二层从右到左
    H1, state1 = lstm_layer(inputs, state[0], params[0])
    H2, state2 = lstm_layer(H1[::-1], state[1], params[1])
    W_hq, b_q = params[2]
    outputs = [H @ W_hq + b_q for H in H2[::-1]]
    return torch.cat(outputs, dim=0), (state1, state2)

X = torch.randn(5, 2, 10)
Y, state = deep_lstm(X, init_lstm_state(2, 16, 'cpu'), get_params(10, 16, 'cpu'))
print(Y.shape)
assert Y.shape == (10, 10)
