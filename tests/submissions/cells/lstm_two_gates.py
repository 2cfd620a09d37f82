# 长短期记忆网络
import torch

batch_size, num_steps = 32, 35


def get_lstm_params(vocab_size, num_hiddens, device):
    num_inputs = num_outputs = vocab_size

    def normal(shape):
        return torch.randn(size=shape, device=device) * 0.01

    def three():
        return (normal((num_inputs, num_hiddens)),
                normal((num_hiddens, num_hiddens)),
                torch.zeros(num_hiddens, device=device))

    W_xu, W_hu, b_u = three()
    W_xf, W_hf, b_f = three()
    W_xc, W_hc, b_c = three()
    W_hq = normal((num_hiddens, num_outputs))
    b_q = torch.zeros(num_outputs, device=device)
    params = [W_xu, W_hu, b_u, W_xf, W_hf, b_f, W_xc, W_hc, b_c, W_hq, b_q]
    for param in params:
        param.requires_grad_(True)
    return params


def init_lstm_state(batch_size, num_hiddens, device):
    return (torch.zeros((batch_size, num_hiddens), device=device),)


def lstm(inputs, state, params):
    W_xu, W_hu, b_u, W_xf, W_hf, b_f, W_xc, W_hc, b_c, W_hq, b_q = params
    C, = state
    outputs = []
    for X in inputs:
        U = torch.sigmoid(X @ W_xu + C @ W_hu + b_u)      # 记多少新的
        F = torch.sigmoid(X @ W_xf + C @ W_hf + b_f)      # 忘多少旧的
        C_tilda = torch.tanh(X @ W_xc + (F * C) @ W_hc + b_c)
        C = U * C_tilda + (1 - U) * C
        Y = C @ W_hq + b_q
        outputs.append(Y)
    return torch.cat(outputs, dim=0), (C,)
