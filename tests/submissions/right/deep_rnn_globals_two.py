# 2층 RNN
import torch
from torch import nn

vocab_size = 30
hidden_size = 24
device = 'cuda' if torch.cuda.is_available() else 'cpu'


def get_params(device=device):
    def w(*shape):
        return nn.Parameter(torch.randn(*shape, device=device) * 0.01)

    def b(n):
        return nn.Parameter(torch.zeros(n, device=device))

    # 첫 번째 층
    W_xh1, W_hh1, b_h1 = w(vocab_size, hidden_size), w(hidden_size, hidden_size), b(hidden_size)
    # 두 번째 층: 입력은 첫 번째 층의 은닉 상태
    W_hh12, W_hh2, b_h2 = w(hidden_size, hidden_size), w(hidden_size, hidden_size), b(hidden_size)
    # 출력층
    W_hq, b_q = w(hidden_size, vocab_size), b(vocab_size)
    return [W_xh1, W_hh1, b_h1, W_hh12, W_hh2, b_h2, W_hq, b_q]


def init_rnn_state(batch_size, device=device):
    return (torch.zeros(batch_size, hidden_size, device=device),
            torch.zeros(batch_size, hidden_size, device=device))


def rnn_2(inputs, state, params):
    W_xh1, W_hh1, b_h1, W_hh12, W_hh2, b_h2, W_hq, b_q = params
    H1, H2 = state
    outputs = []
    for X in inputs:
        H1 = torch.tanh(X @ W_xh1 + H1 @ W_hh1 + b_h1)
        H2 = torch.tanh(H1 @ W_hh12 + H2 @ W_hh2 + b_h2)
        Y = H2 @ W_hq + b_q
        outputs.append(Y)
    return torch.cat(outputs, dim=0), (H1, H2)


print('파라미터 개수:', sum(p.numel() for p in get_params()))
X = torch.randn(5, 2, vocab_size, device=device)
Y, new_state = rnn_2(X, init_rnn_state(2), get_params())
print(Y.shape, len(new_state), new_state[0].shape)
