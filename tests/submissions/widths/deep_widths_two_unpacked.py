# 은닉층 2개, 유닛 수가 서로 다름 (예: 256, 128)
import torch


def get_params(vocab_size, num_hiddens, device):
    h1, h2 = num_hiddens
    scale = 0.01

    # 1층
    W_xh1 = torch.randn(vocab_size, h1, device=device) * scale
    W_hh1 = torch.randn(h1, h1, device=device) * scale
    b_h1 = torch.zeros(h1, device=device)
    # 2층: 1층의 은닉 상태 h1개를 모두 읽는다
    W_xh2 = torch.randn(h1, h2, device=device) * scale
    W_hh2 = torch.randn(h2, h2, device=device) * scale
    b_h2 = torch.zeros(h2, device=device)
    # 출력층
    W_hq = torch.randn(h2, vocab_size, device=device) * scale
    b_q = torch.zeros(vocab_size, device=device)

    params = [W_xh1, W_hh1, b_h1, W_xh2, W_hh2, b_h2, W_hq, b_q]
    for p in params:
        p.requires_grad_(True)
    return params


def init_rnn_state(batch_size, num_hiddens, device):
    h1, h2 = num_hiddens
    return (torch.zeros(batch_size, h1, device=device), torch.zeros(batch_size, h2, device=device))


def rnn(inputs, state, params):
    W_xh1, W_hh1, b_h1, W_xh2, W_hh2, b_h2, W_hq, b_q = params
    H1, H2 = state
    outputs = []
    for X in inputs:
        H1 = torch.tanh(X @ W_xh1 + H1 @ W_hh1 + b_h1)
        H2 = torch.tanh(H1 @ W_xh2 + H2 @ W_hh2 + b_h2)
        outputs.append(H2 @ W_hq + b_q)
    return torch.cat(outputs, dim=0), (H1, H2)
