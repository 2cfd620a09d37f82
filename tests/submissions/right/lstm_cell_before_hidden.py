# LSTM 직접 구현하기 (과제 3)
import torch


def get_params(input_size, hidden_size, device):
    # 순서에 큰 의미는 없음: 편향 먼저, 그다음 은닉-은닉, 그다음 입력-은닉
    b_o = torch.zeros(hidden_size, device=device)
    b_f = torch.zeros(hidden_size, device=device)
    b_y = torch.zeros(input_size, device=device)
    b_g = torch.zeros(hidden_size, device=device)
    b_i = torch.zeros(hidden_size, device=device)

    U_f = torch.randn(hidden_size, hidden_size, device=device) * 0.01
    U_g = torch.randn(hidden_size, hidden_size, device=device) * 0.01
    U_i = torch.randn(hidden_size, hidden_size, device=device) * 0.01
    U_o = torch.randn(hidden_size, hidden_size, device=device) * 0.01

    W_i = torch.randn(input_size, hidden_size, device=device) * 0.01
    W_y = torch.randn(hidden_size, input_size, device=device) * 0.01
    W_o = torch.randn(input_size, hidden_size, device=device) * 0.01
    W_f = torch.randn(input_size, hidden_size, device=device) * 0.01
    W_g = torch.randn(input_size, hidden_size, device=device) * 0.01

    params = [b_o, b_f, b_y, b_g, b_i, U_f, U_g, U_i, U_o, W_i, W_y, W_o, W_f, W_g]
    for p in params:
        p.requires_grad = True
    return params


def init_lstm_state(batch_size, hidden_size, device):
    # (셀 상태, 은닉 상태)
    C = torch.zeros(batch_size, hidden_size, device=device)
    H = torch.zeros(batch_size, hidden_size, device=device)
    return C, H


def lstm_net(inputs, state, params):
    b_o, b_f, b_y, b_g, b_i, U_f, U_g, U_i, U_o, W_i, W_y, W_o, W_f, W_g = params
    C, H = state
    outputs = []
    for X in inputs:
        f = torch.sigmoid(torch.mm(X, W_f) + torch.mm(H, U_f) + b_f)   # 망각 게이트
        i = torch.sigmoid(torch.mm(X, W_i) + torch.mm(H, U_i) + b_i)   # 입력 게이트
        o = torch.sigmoid(torch.mm(X, W_o) + torch.mm(H, U_o) + b_o)   # 출력 게이트
        g = torch.tanh(torch.mm(X, W_g) + torch.mm(H, U_g) + b_g)
        C = f * C + i * g
        H = o * C.tanh()
        outputs.append(torch.mm(H, W_y) + b_y)
    return torch.cat(outputs, dim=0), (C, H)
