# 长短期记忆网络：权重用 numpy 的正交初始化，参数放在 numpy 的对象数组里
import numpy as np
import torch


def 正交(行, 列):
    q, _ = np.linalg.qr(np.random.normal(size=(max(行, 列), min(行, 列))))
    return 0.3 * (q if 行 >= 列 else q.T)


def get_lstm_params(vocab_size, num_hiddens, device):
    形状 = [(vocab_size, num_hiddens), (num_hiddens, num_hiddens), (num_hiddens,)] * 4
    形状 += [(num_hiddens, vocab_size), (vocab_size,)]
    参数 = np.empty(len(形状), dtype=object)
    for i, s in enumerate(形状):
        值 = 正交(*s) if len(s) == 2 else np.zeros(s)
        参数[i] = torch.tensor(值.astype(np.float32), device=device, requires_grad=True)
    return 参数


def init_lstm_state(batch_size, num_hiddens, device):
    零 = lambda: torch.zeros((batch_size, num_hiddens), device=device)
    return 零(), 零()


def lstm(inputs, state, params):
    门 = np.split(params[:12], 4)
    H, C = state
    outputs = []
    for X in inputs:
        a = [X @ W + H @ U + b for W, U, b in 门]
        I, F, O = (torch.sigmoid(x) for x in a[:3])
        C = F * C + I * torch.tanh(a[3])
        H = O * torch.tanh(C)
        outputs.append(H @ params[12] + params[13])
    return torch.cat(outputs), (H, C)
