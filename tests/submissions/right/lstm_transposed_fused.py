# 목표: torch.nn.LSTM 과 같은 모양의 가중치 (weight_ih_l0 등)로 직접 구현
import torch
from torch.nn.functional import linear


def get_params(num_inputs, num_hiddens, num_outputs, device):
    weight_ih_l0 = torch.randn(4 * num_hiddens, num_inputs, device=device) * 0.05
    weight_hh_l0 = torch.randn(4 * num_hiddens, num_hiddens, device=device) * 0.05
    bias_ih_l0 = torch.zeros(4 * num_hiddens, device=device)
    bias_hh_l0 = torch.zeros(4 * num_hiddens, device=device)
    weight_ho = torch.randn(num_outputs, num_hiddens, device=device) * 0.05
    bias_ho = torch.zeros(num_outputs, device=device)
    params = [weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0, weight_ho, bias_ho]
    for p in params:
        p.requires_grad_(True)
    return params


def init_lstm_state(batch_size, num_hiddens, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(2)]


def lstm(inputs, state, params):
    w_ih, w_hh, b_ih, b_hh, w_ho, b_ho = params
    h, c = state
    n = w_hh.shape[1]
    hs = []
    for x in inputs:
        g = linear(x, w_ih, b_ih) + linear(h, w_hh, b_hh)
        i = torch.sigmoid(g[:, :n])             # 입력
        f = torch.sigmoid(g[:, n:2 * n])        # 망각
        c_new = torch.tanh(g[:, 2 * n:3 * n])   # 후보
        o = torch.sigmoid(g[:, 3 * n:])         # 출력
        c = f * c + i * c_new
        h = o * torch.tanh(c)
        hs.append(h)
    return linear(torch.cat(hs), w_ho, b_ho), [h, c]
