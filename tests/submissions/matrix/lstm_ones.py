"""长短期记忆网络 从零实现"""
import torch


def get_params(vocab_size, num_hiddens, device):
    def 权重(a, b):
        return torch.ones(a, b, device=device) * 0.01

    params = {}
    for g in 'ifoc':  # 输入门 遗忘门 输出门 候选记忆元
        params['x' + g] = 权重(vocab_size, num_hiddens)
        params['h' + g] = 权重(num_hiddens, num_hiddens)
        params['b' + g] = torch.zeros(num_hiddens, device=device)
    params['hq'] = 权重(num_hiddens, vocab_size)
    params['bq'] = torch.zeros(vocab_size, device=device)
    for 名, 值 in params.items():
        值.requires_grad_(True)
    return params


def init_state(batch_size, num_hiddens, device):
    return (torch.zeros((batch_size, num_hiddens), device=device),
            torch.zeros((batch_size, num_hiddens), device=device))


def forward(inputs, state, params):
    p = params
    H, C = state
    outputs = []
    for X in inputs:
        门 = {g: torch.sigmoid(X @ p['x' + g] + H @ p['h' + g] + p['b' + g]) for g in 'ifo'}
        候选 = torch.tanh(X @ p['xc'] + H @ p['hc'] + p['bc'])
        C = 门['f'] * C + 门['i'] * 候选
        H = 门['o'] * torch.tanh(C)
        outputs.append(H @ p['hq'] + p['bq'])
    return torch.cat(outputs, dim=0), (H, C)
