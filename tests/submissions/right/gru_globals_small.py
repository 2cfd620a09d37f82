import torch, math, time
import numpy as np
from torch import nn

# 超参数
num_inputs, num_hiddens, num_outputs = 27, 32, 27
lr = 1e2
clipping_theta = 1e-2

def sigmoid(x):
    return 1 / (1 + torch.exp(-x))

def getParams(device):
    def _one(shape):
        ts = torch.tensor(np.random.normal(0, 0.01, size=shape), device=device, dtype=torch.get_default_dtype())
        return nn.Parameter(ts, requires_grad=True)

    def _three():
        return (_one((num_inputs, num_hiddens)),
                _one((num_hiddens, num_hiddens)),
                nn.Parameter(torch.zeros(num_hiddens, device=device), requires_grad=True))

    W_xz, W_hz, b_z = _three()  # 更新门参数
    W_xr, W_hr, b_r = _three()  # 重置门参数
    W_xh, W_hh, b_h = _three()  # 候选隐藏状态参数
    # 输出层参数
    W_hq = _one((num_hiddens, num_outputs))
    b_q = nn.Parameter(torch.zeros(num_outputs, device=device), requires_grad=True)
    return [W_xz, W_hz, b_z, W_xr, W_hr, b_r, W_xh, W_hh, b_h, W_hq, b_q]

def init_gru_state(batch_size, num_hiddens, device):
    return [torch.zeros((batch_size, num_hiddens), device=device)]

def gru(inputs, state, params):
    W_xz, W_hz, b_z, W_xr, W_hr, b_r, W_xh, W_hh, b_h, W_hq, b_q = params
    H = state[0]
    outputs = []
    for X in inputs:
        Z = sigmoid(torch.matmul(X, W_xz) + torch.matmul(H, W_hz) + b_z)
        R = sigmoid(torch.matmul(X, W_xr) + torch.matmul(H, W_hr) + b_r)
        H_tilda = torch.tanh(torch.matmul(X, W_xh) + torch.matmul(R * H, W_hh) + b_h)
        H = Z * H + (1 - Z) * H_tilda
        Y = torch.matmul(H, W_hq) + b_q
        outputs.append(Y)
    return torch.cat(outputs, 0), [H]

# ---------------- 训练 ----------------
start = time.time()
with open('jaychou_lyrics.txt', encoding='utf-8') as f:
    corpus = f.read().replace('\n', ' ')[:10000]
device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')
params = getParams(device)
state = init_gru_state(32, num_hiddens, device)
print('params:', len(params), 'time', time.time() - start)
