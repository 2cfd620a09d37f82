import torch
from torch import nn


def get_params(vocab_size, num_hiddens, num_layers, device):
    params = nn.ParameterDict()
    for l in range(num_layers):
        n_in = vocab_size if l == 0 else num_hiddens
        # 更新门和重置门合在一起 (2H)，候选单独
        params[f'Wx_gates{l}'] = nn.Parameter(torch.randn(n_in, 2 * num_hiddens, device=device) * 0.01)
        params[f'Wh_gates{l}'] = nn.Parameter(torch.randn(num_hiddens, 2 * num_hiddens, device=device) * 0.01)
        params[f'b_gates{l}'] = nn.Parameter(torch.zeros(2 * num_hiddens, device=device))
        params[f'Wx_cand{l}'] = nn.Parameter(torch.randn(n_in, num_hiddens, device=device) * 0.01)
        params[f'Wh_cand{l}'] = nn.Parameter(torch.randn(num_hiddens, num_hiddens, device=device) * 0.01)
        params[f'b_cand{l}'] = nn.Parameter(torch.zeros(num_hiddens, device=device))
    params['W_hq'] = nn.Parameter(torch.randn(num_hiddens, vocab_size, device=device) * 0.01)
    params['b_q'] = nn.Parameter(torch.zeros(vocab_size, device=device))
    return params


def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers)]


def gru(inputs, state, params):
    num_layers = len(state)
    layer_in = inputs
    final = []
    # 逐层计算：先把第一层的所有时间步算完，再算第二层
    for l in range(num_layers):
        Wx, Wh, b = params[f'Wx_gates{l}'], params[f'Wh_gates{l}'], params[f'b_gates{l}']
        Vx, Vh, c = params[f'Wx_cand{l}'], params[f'Wh_cand{l}'], params[f'b_cand{l}']
        H = state[l]
        n = H.shape[-1]
        seq = []
        for X in layer_in:
            ZR = torch.sigmoid(X @ Wx + H @ Wh + b)
            Z, R = ZR[:, :n], ZR[:, n:]
            H = Z * H + (1 - Z) * torch.tanh(X @ Vx + (R * H) @ Vh + c)
            seq.append(H)
        layer_in = seq
        final.append(H)
    outputs = [H @ params['W_hq'] + params['b_q'] for H in layer_in]
    return torch.cat(outputs, dim=0), final
