# LSTM (Đại học, bài tập 5) - cài đặt từ đầu
import torch

def normal(shape, device):
    return torch.randn(size=shape, device=device) * 0.01

def get_lstm_params(vocab_size, num_hiddens, device):
    def three():
        return (normal((vocab_size, num_hiddens), device),
                normal((num_hiddens, num_hiddens), device),
                torch.zeros(num_hiddens, device=device))

    W_xi, W_hi, b_i = three()  # cổng vào
    W_xf, W_hf, b_f = three()  # cổng quên
    W_xo, W_ho, b_o = three()  # cổng ra
    W_xc, W_hc, b_c = three()
    W_hq = normal((num_hiddens, vocab_size), device)
    b_q = torch.zeros(vocab_size, device=device)
    params = [W_xi, W_hi, b_i, W_xf, W_hf, b_f, W_xo, W_ho, b_o, W_xc, W_hc, b_c, W_hq, b_q]
    for param in params:
        param.requires_grad_(True)
    return params

def init_lstm_state(batch_size, num_hiddens, device):
    return (torch.zeros((batch_size, num_hiddens), device=device),
            torch.zeros((batch_size, num_hiddens), device=device))

def lstm(inputs, state, params):
    [W_xi, W_hi, b_i, W_xf, W_hf, b_f, W_xo, W_ho, b_o, W_xc, W_hc, b_c, W_hq, b_q] = params
    (H, C) = state
    outputs = []
    for X in inputs:
        I = torch.sigmoid((X @ W_xi) + (H @ W_hi) + b_i)
        F = torch.sigmoid((X @ W_xf) + (H @ W_hf) + b_f)
        O = torch.sigmoid((X @ W_xo) + (H @ W_ho) + b_o)
        C_tilda = torch.tanh((X @ W_xc) + (H @ W_hc) + b_c)
        C.mul_(F).add_(I * C_tilda)   # tiết kiệm bộ nhớ
        H = O * torch.tanh(C)
        Y = (H @ W_hq) + b_q
        outputs.append(Y)
    return torch.cat(outputs, dim=0), (H, C)
