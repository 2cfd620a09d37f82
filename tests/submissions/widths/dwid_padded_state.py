# 各層の状態を1つのテンソル (層数, バッチ, 最大幅) にまとめた
import torch
import torch.nn.functional as F


def get_params(vocab_size, num_hiddens, device):
    params = []
    入力 = vocab_size
    for 幅 in num_hiddens:
        params.append(torch.randn(入力, 幅, device=device) * 0.01)
        params.append(torch.randn(幅, 幅, device=device) * 0.01)
        params.append(torch.zeros(幅, device=device))
        入力 = 幅
    params.append(torch.randn(入力, vocab_size, device=device) * 0.01)
    params.append(torch.zeros(vocab_size, device=device))
    return [p.requires_grad_() for p in params]


def init_state(batch_size, num_hiddens, device):
    return torch.zeros(len(num_hiddens), batch_size, max(num_hiddens), device=device)


def rnn(inputs, state, params):
    最大 = state.shape[-1]
    出力 = []
    for x in inputs:
        新 = []
        for l in range(state.shape[0]):
            Wx, Wh, b = params[3 * l:3 * l + 3]
            h = state[l, :, :Wh.shape[0]]
            x = torch.tanh(x @ Wx + h @ Wh + b)
            新.append(F.pad(x, (0, 最大 - x.shape[1])))   # 幅をそろえる
        state = torch.stack(新)
        出力.append(x @ params[-2] + params[-1])
    return torch.cat(出力), state
