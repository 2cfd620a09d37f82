"""多层 LSTM，从零实现。每一层是一个字典，最后是输出层。"""
import torch


def 一层(输入数, 隐藏数, device):
    层 = {}
    for 门 in ("i", "f", "o", "c"):
        层["W_x" + 门] = torch.normal(0, 0.01, (输入数, 隐藏数), device=device)
        层["W_h" + 门] = torch.normal(0, 0.01, (隐藏数, 隐藏数), device=device)
        层["b_" + 门] = torch.zeros(隐藏数, device=device)
    return 层


def get_lstm_params(vocab_size, num_hiddens, num_layers, device):
    隐藏层 = [一层(vocab_size if k == 0 else num_hiddens, num_hiddens, device)
           for k in range(num_layers)]
    输出层 = {"W_hq": torch.normal(0, 0.01, (num_hiddens, vocab_size), device=device),
           "b_q": torch.zeros(vocab_size, device=device)}
    # 附上梯度
    for 层 in 隐藏层:
        for 参数 in 层.values():
            参数.requires_grad_(True)
    return 隐藏层 + [输出层]


def init_lstm_state(batch_size, num_hiddens, num_layers, device):
    # 每一层都有自己的 (H, C)
    return [(torch.zeros((batch_size, num_hiddens), device=device),
             torch.zeros((batch_size, num_hiddens), device=device))
            for _ in range(num_layers)]


def 单元(X, H, C, 层):
    I = torch.sigmoid(X @ 层["W_xi"] + H @ 层["W_hi"] + 层["b_i"])
    F = torch.sigmoid(X @ 层["W_xf"] + H @ 层["W_hf"] + 层["b_f"])
    O = torch.sigmoid(X @ 层["W_xo"] + H @ 层["W_ho"] + 层["b_o"])
    C_tilda = torch.tanh(X @ 层["W_xc"] + H @ 层["W_hc"] + 层["b_c"])
    C = F * C + I * C_tilda
    return O * torch.tanh(C), C


def lstm(inputs, state, params):
    *隐藏层, 输出层 = params
    state = list(state)
    outputs = []
    for X in inputs:
        for k, 层 in enumerate(隐藏层):
            H, C = 单元(X, *state[k], 层)
            state[k] = (H, C)
            X = H   # 下一层的输入
        outputs.append(X @ 输出层["W_hq"] + 输出层["b_q"])
    return torch.cat(outputs, dim=0), state
