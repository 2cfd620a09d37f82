# 作业：从零开始实现 RNN
import torch
import matplotlib.pyplot as plt

vocab_size = 28        # 26个字母 + 空格 + <unk>
num_hiddens = 256
device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')


def get_params():
    # 隐藏层
    W_xh = torch.randn(vocab_size, num_hiddens, device=device) * 0.01
    W_hh = torch.randn(num_hiddens, num_hiddens, device=device) * 0.01
    b_h = torch.zeros(num_hiddens, device=device)
    # 输出层
    W_hq = torch.randn(num_hiddens, vocab_size, device=device) * 0.01
    b_q = torch.zeros(vocab_size, device=device)
    W_xh.requires_grad_()
    W_hh.requires_grad_()
    b_h.requires_grad_()
    W_hq.requires_grad_()
    b_q.requires_grad_()
    return W_xh, W_hh, b_h, W_hq, b_q


def init_state(batch_size):
    # 初始隐状态全 0
    return torch.zeros(batch_size, num_hiddens, device=device)


def rnn(inputs, state, params):
    W_xh, W_hh, b_h, W_hq, b_q = params
    outputs = []
    for t in range(len(inputs)):
        # 当前隐状态由当前输入和上一时刻隐状态决定
        state = torch.tanh(inputs[t] @ W_xh + state @ W_hh + b_h)
        outputs.append(state @ W_hq + b_q)
    return torch.cat(outputs), state


if __name__ == '__main__':
    text = open('timemachine.txt').read().lower()
    chars = sorted(set(text))
    params = get_params()
    losses = []
    for i in range(100):
        pass  # TODO 训练
    plt.plot(losses)
    plt.show()
